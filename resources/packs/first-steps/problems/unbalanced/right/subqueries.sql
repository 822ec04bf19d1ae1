-- Each journal counts and sums for itself.
SELECT journal_id, entries, difference
FROM (
    SELECT j.id AS journal_id,
           (SELECT count(*) FROM entry AS e WHERE e.journal_id = j.id) AS entries,
           (SELECT coalesce(sum(e.amount), 0) FROM entry AS e WHERE e.journal_id = j.id) AS difference
    FROM journal AS j
) AS checked
WHERE entries < 2 OR difference <> 0
ORDER BY journal_id;
