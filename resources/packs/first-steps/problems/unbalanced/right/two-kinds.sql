-- Wrong sums and empty journals, one after the other.
SELECT journal_id, count(*) AS entries, sum(amount) AS difference
FROM entry
GROUP BY journal_id
HAVING sum(amount) <> 0 OR count(*) = 1
UNION ALL
SELECT j.id, 0, 0
FROM journal AS j
WHERE NOT EXISTS (SELECT 1 FROM entry AS e WHERE e.journal_id = j.id)
ORDER BY journal_id;
