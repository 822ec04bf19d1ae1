-- The right ones are denied.
SELECT j.id AS journal_id, count(e.amount) AS entries, sum(coalesce(e.amount, 0)) AS difference
FROM journal AS j
LEFT JOIN entry AS e ON j.id = e.journal_id
GROUP BY j.id
HAVING NOT (sum(coalesce(e.amount, 0)) = 0 AND count(e.amount) >= 2)
ORDER BY 1;
