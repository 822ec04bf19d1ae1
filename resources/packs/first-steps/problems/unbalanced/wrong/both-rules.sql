-- Only journals that break both rules are found.
SELECT j.id AS journal_id, count(e.id) AS entries, coalesce(sum(e.amount), 0) AS difference
FROM journal AS j
LEFT JOIN entry AS e ON e.journal_id = j.id
GROUP BY j.id
HAVING coalesce(sum(e.amount), 0) <> 0
   AND count(e.id) < 2
ORDER BY journal_id;
