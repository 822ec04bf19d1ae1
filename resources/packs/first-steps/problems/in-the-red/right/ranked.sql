-- The lowest day is ranked first.
WITH per_day AS (
    SELECT e.account_id, j.booked_on AS day, sum(e.amount) AS amount
    FROM entry AS e
    JOIN journal AS j ON j.id = e.journal_id
    GROUP BY 1, 2
),
day_end AS (
    SELECT account_id, day, sum(amount) OVER up_to AS balance,
           coalesce(lead(day) OVER up_to, DATE '2024-06-01') - day AS days
    FROM per_day
    WINDOW up_to AS (PARTITION BY account_id ORDER BY day)
),
ranked AS (
    SELECT day_end.*, row_number() OVER (PARTITION BY account_id ORDER BY balance, day) AS place,
           coalesce(sum(days) FILTER (WHERE balance < 0) OVER (PARTITION BY account_id), 0) AS days_below
    FROM day_end
)
SELECT a.id AS account_id, a.name, r.balance AS lowest, r.day AS reached_on, r.days_below
FROM ranked AS r
JOIN account AS a ON a.id = r.account_id
WHERE r.place = 1
ORDER BY a.id;
