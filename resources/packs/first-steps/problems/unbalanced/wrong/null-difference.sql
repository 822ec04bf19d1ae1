-- The difference of nothing is NULL.
SELECT j.id AS journal_id, count(e.id) AS entries, sum(e.amount) AS difference
FROM journal AS j
LEFT JOIN entry AS e ON e.journal_id = j.id
GROUP BY j.id
HAVING sum(e.amount) <> 0
    OR count(e.id) < 2
ORDER BY journal_id;
