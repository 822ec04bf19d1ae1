-- Exactly 1000.00 is left out.
SELECT date_trunc('month', j.booked_on)::date AS month, count(DISTINCT j.id) AS journals, sum(e.amount) AS added
FROM journal AS j
JOIN entry AS e ON e.journal_id = j.id
WHERE e.amount > 0
GROUP BY 1
HAVING sum(e.amount) > 1000
ORDER BY month;
