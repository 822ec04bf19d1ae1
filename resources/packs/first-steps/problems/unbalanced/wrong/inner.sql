-- Journals without entries are lost.
SELECT j.id AS journal_id, count(e.id) AS entries, coalesce(sum(e.amount), 0) AS difference
FROM journal AS j
JOIN entry AS e ON e.journal_id = j.id
GROUP BY j.id
HAVING coalesce(sum(e.amount), 0) <> 0
    OR count(e.id) < 2
ORDER BY journal_id;
