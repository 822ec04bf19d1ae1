-- DISTINCT ON picks the lowest day, a second query counts.
WITH per_day AS (
    SELECT e.account_id, j.booked_on AS day, sum(e.amount) AS amount
    FROM entry AS e
    JOIN journal AS j ON j.id = e.journal_id
    GROUP BY e.account_id, j.booked_on
),
day_end AS (
    SELECT p.account_id, p.day,
           (SELECT sum(q.amount) FROM per_day AS q WHERE q.account_id = p.account_id AND q.day <= p.day) AS balance,
           (SELECT min(q.day) FROM per_day AS q WHERE q.account_id = p.account_id AND q.day > p.day) AS next_day
    FROM per_day AS p
)
SELECT DISTINCT ON (a.id) a.id AS account_id, a.name, d.balance AS lowest, d.day AS reached_on,
       (SELECT coalesce(sum(coalesce(n.next_day, DATE '2024-06-01') - n.day), 0)
        FROM day_end AS n
        WHERE n.account_id = a.id AND n.balance < 0) AS days_below
FROM day_end AS d
JOIN account AS a ON a.id = d.account_id
ORDER BY a.id, d.balance, d.day;
