-- The lowest amount of a day is taken for the lowest balance.
WITH day_end AS (
    SELECT e.account_id, j.booked_on AS day, sum(e.amount) AS balance,
           lead(j.booked_on, 1, DATE '2024-06-01') OVER (PARTITION BY e.account_id ORDER BY j.booked_on) AS until
    FROM entry AS e
    JOIN journal AS j ON j.id = e.journal_id
    GROUP BY e.account_id, j.booked_on
)
SELECT a.id AS account_id, a.name, min(d.balance) AS lowest, (array_agg(d.day ORDER BY d.balance, d.day))[1] AS reached_on,
       coalesce(sum(d.until - d.day) FILTER (WHERE d.balance < 0), 0) AS days_below
FROM day_end AS d
JOIN account AS a ON a.id = d.account_id
GROUP BY a.id, a.name
ORDER BY account_id;
