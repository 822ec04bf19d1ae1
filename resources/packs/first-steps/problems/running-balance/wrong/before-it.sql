-- The balance before the entry is shown.
SELECT e.id AS entry_id, j.booked_on, e.amount,
       coalesce(sum(e.amount) OVER (ORDER BY j.booked_on, e.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS balance
FROM entry AS e
JOIN journal AS j ON j.id = e.journal_id
WHERE e.account_id = 3
ORDER BY j.booked_on, e.id;
