WHERE e.amount > 0
ORDER BY month;
JOIN entry AS e ON e.journal_id = j.id
HAVING sum(e.amount) >= 1000
       count(DISTINCT j.id) AS journals,
SELECT date_trunc('month', j.booked_on)::date AS month,
GROUP BY 1
FROM journal AS j
       sum(e.amount) AS added
