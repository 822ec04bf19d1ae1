-- Other accounts' entries are added.
SELECT entry_id, booked_on, amount, balance
FROM (
    SELECT e.id AS entry_id, e.account_id, j.booked_on, e.amount, sum(e.amount) OVER (ORDER BY j.booked_on, e.id) AS balance
    FROM entry AS e
    JOIN journal AS j ON j.id = e.journal_id
) AS every
WHERE account_id = 3
ORDER BY booked_on, entry_id;
