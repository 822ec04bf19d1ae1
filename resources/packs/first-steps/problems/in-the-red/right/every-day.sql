-- Every day is made, and its balance looked up.
WITH span AS (
    SELECT e.account_id, min(j.booked_on) AS first_day
    FROM entry AS e
    JOIN journal AS j ON j.id = e.journal_id
    GROUP BY e.account_id
),
day_end AS (
    SELECT s.account_id, d.day::date AS day,
           (SELECT sum(e.amount)
            FROM entry AS e
            JOIN journal AS j ON j.id = e.journal_id
            WHERE e.account_id = s.account_id AND j.booked_on <= d.day::date) AS balance
    FROM span AS s
    CROSS JOIN LATERAL generate_series(s.first_day::timestamp, TIMESTAMP '2024-05-31', INTERVAL '1 day') AS d(day)
),
lowest AS (
    SELECT account_id, min(balance) AS balance
    FROM day_end
    GROUP BY account_id
)
SELECT a.id AS account_id, a.name, l.balance AS lowest, min(d.day) FILTER (WHERE d.balance = l.balance) AS reached_on,
       count(*) FILTER (WHERE d.balance < 0) AS days_below
FROM day_end AS d
JOIN lowest AS l ON l.account_id = d.account_id
JOIN account AS a ON a.id = d.account_id
GROUP BY a.id, a.name, l.balance
ORDER BY account_id;
