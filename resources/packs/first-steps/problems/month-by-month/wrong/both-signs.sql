-- What was taken is subtracted.
SELECT date_trunc('month', j.booked_on)::date AS month, count(DISTINCT j.id) AS journals, sum(e.amount) AS added
FROM journal AS j
JOIN entry AS e ON e.journal_id = j.id
GROUP BY 1
HAVING sum(e.amount) >= 1000
ORDER BY month;
