-- Each account's ancestors are found, and their names joined.
WITH RECURSIVE above AS (
    SELECT id, id AS ancestor_id, 0 AS steps
    FROM account
    UNION ALL
    SELECT above.id, a.parent_id, above.steps + 1
    FROM above
    JOIN account AS a ON a.id = above.ancestor_id
    WHERE a.parent_id IS NOT NULL
)
SELECT above.id AS account_id, string_agg(a.name, ' > ' ORDER BY above.steps DESC) AS path, count(*)::integer AS level
FROM above
JOIN account AS a ON a.id = above.ancestor_id
GROUP BY above.id
ORDER BY path, account_id;
