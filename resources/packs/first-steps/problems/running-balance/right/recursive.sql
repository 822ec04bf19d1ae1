-- The entries are walked one by one.
WITH RECURSIVE line AS (
    SELECT e.id AS entry_id, j.booked_on, e.amount, row_number() OVER (ORDER BY j.booked_on, e.id) AS place
    FROM entry AS e
    JOIN journal AS j ON j.id = e.journal_id
    WHERE e.account_id = 3
),
walk AS (
    SELECT entry_id, booked_on, amount, place, amount::numeric AS balance
    FROM line
    WHERE place = 1
    UNION ALL
    SELECT line.entry_id, line.booked_on, line.amount, line.place, walk.balance + line.amount
    FROM walk
    JOIN line ON line.place = walk.place + 1
)
SELECT entry_id, booked_on, amount, balance
FROM walk
ORDER BY booked_on, entry_id;
