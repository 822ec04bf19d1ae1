-- Each entry is joined to those up to it.
WITH line AS (
    SELECT e.id, j.booked_on, e.amount
    FROM entry AS e
    JOIN journal AS j ON j.id = e.journal_id
    WHERE e.account_id = 3
)
SELECT a.id AS entry_id, a.booked_on, a.amount, sum(b.amount) AS balance
FROM line AS a
JOIN line AS b ON (b.booked_on, b.id) <= (a.booked_on, a.id)
GROUP BY a.id, a.booked_on, a.amount
ORDER BY a.booked_on, a.id;
