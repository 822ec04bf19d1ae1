-- Only days with entries are counted.
WITH day_end AS (
    SELECT e.account_id, j.booked_on AS day,
           sum(sum(e.amount)) OVER (PARTITION BY e.account_id ORDER BY j.booked_on) AS balance
    FROM entry AS e
    JOIN journal AS j ON j.id = e.journal_id
    GROUP BY e.account_id, j.booked_on
)
SELECT a.id AS account_id, a.name, min(d.balance) AS lowest, (array_agg(d.day ORDER BY d.balance, d.day))[1] AS reached_on,
       count(*) FILTER (WHERE d.balance < 0) AS days_below
FROM day_end AS d
JOIN account AS a ON a.id = d.account_id
GROUP BY a.id, a.name
ORDER BY account_id;
