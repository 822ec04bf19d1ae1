-- A journal without entries has one.
SELECT j.id AS journal_id, count(*) AS entries, coalesce(sum(e.amount), 0) AS difference
FROM journal AS j
LEFT JOIN entry AS e ON e.journal_id = j.id
GROUP BY j.id
HAVING coalesce(sum(e.amount), 0) <> 0
    OR count(*) < 2
ORDER BY journal_id;
