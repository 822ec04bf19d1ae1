-- Entries are summed before they are joined.
WITH total AS (
    SELECT journal_id, count(*) AS entries, sum(amount) AS difference
    FROM entry
    GROUP BY journal_id
)
SELECT j.id AS journal_id, coalesce(t.entries, 0) AS entries, coalesce(t.difference, 0) AS difference
FROM journal AS j
LEFT JOIN total AS t ON t.journal_id = j.id
WHERE t.journal_id IS NULL
   OR t.entries = 1
   OR t.difference <> 0
ORDER BY j.id;
