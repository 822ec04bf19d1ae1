-- The group is written out instead of counted off.
SELECT date_trunc('month', j.booked_on)::date AS month, count(DISTINCT j.id) AS journals, sum(e.amount) AS added
FROM entry AS e
JOIN journal AS j ON j.id = e.journal_id
WHERE e.amount > 0
GROUP BY date_trunc('month', j.booked_on)
HAVING sum(e.amount) >= 1000
ORDER BY 1;
