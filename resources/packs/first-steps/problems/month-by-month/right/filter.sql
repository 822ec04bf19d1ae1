-- The positive amounts are filtered within the sums.
SELECT (date_trunc('month', j.booked_on))::date AS month,
       count(DISTINCT e.journal_id) FILTER (WHERE e.amount > 0) AS journals,
       sum(e.amount) FILTER (WHERE e.amount > 0) AS added
FROM journal AS j
JOIN entry AS e ON e.journal_id = j.id
GROUP BY 1
HAVING sum(greatest(e.amount, 0)) >= 1000
ORDER BY month;
