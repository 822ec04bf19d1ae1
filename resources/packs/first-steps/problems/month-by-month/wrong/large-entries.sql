-- The minimum is asked of each entry.
SELECT date_trunc('month', j.booked_on)::date AS month, count(DISTINCT j.id) AS journals, sum(e.amount) AS added
FROM journal AS j
JOIN entry AS e ON e.journal_id = j.id
WHERE e.amount >= 1000
GROUP BY 1
ORDER BY month;
