-- The order of the ids is taken for the order of time.
SELECT e.id AS entry_id, j.booked_on, e.amount, sum(e.amount) OVER (ORDER BY e.id) AS balance
FROM entry AS e
JOIN journal AS j ON j.id = e.journal_id
WHERE e.account_id = 3
ORDER BY j.booked_on, e.id;
