-- A subquery adds up for each entry.
WITH line AS (
    SELECT e.id AS entry_id, j.booked_on, e.amount
    FROM entry AS e
    JOIN journal AS j ON j.id = e.journal_id AND e.account_id = 3
)
SELECT entry_id, booked_on, amount,
       (SELECT sum(before.amount)
        FROM line AS before
        WHERE before.booked_on < line.booked_on
           OR (before.booked_on = line.booked_on AND before.entry_id <= line.entry_id)) AS balance
FROM line
ORDER BY booked_on, entry_id;
