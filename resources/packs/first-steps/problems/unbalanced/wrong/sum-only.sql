-- A single entry of 0 and a journal without entries pass.
SELECT j.id AS journal_id, count(e.id) AS entries, coalesce(sum(e.amount), 0) AS difference
FROM journal AS j
LEFT JOIN entry AS e ON e.journal_id = j.id
GROUP BY j.id
HAVING coalesce(sum(e.amount), 0) <> 0
ORDER BY journal_id;
