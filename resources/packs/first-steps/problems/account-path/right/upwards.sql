-- Each account walks up to the top.
WITH RECURSIVE climb AS (
    SELECT id, name AS path, parent_id, 1 AS level
    FROM account
    UNION ALL
    SELECT c.id, a.name || ' > ' || c.path, a.parent_id, c.level + 1
    FROM climb AS c
    JOIN account AS a ON a.id = c.parent_id
)
SELECT id AS account_id, path, level
FROM climb
WHERE parent_id IS NULL
ORDER BY path, id;
