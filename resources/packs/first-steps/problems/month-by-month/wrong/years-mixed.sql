-- The same month of different years is one.
SELECT make_date(2024, extract(month FROM j.booked_on)::integer, 1) AS month, count(DISTINCT j.id) AS journals,
       sum(e.amount) AS added
FROM journal AS j
JOIN entry AS e ON e.journal_id = j.id
WHERE e.amount > 0
GROUP BY 1
HAVING sum(e.amount) >= 1000
ORDER BY month;
