-- The names stand in the wrong order.
WITH RECURSIVE tree AS (
    SELECT id, name AS path, 1 AS level
    FROM account
    WHERE parent_id IS NULL
    UNION ALL
    SELECT a.id, a.name || ' > ' || tree.path, tree.level + 1
    FROM account AS a
    JOIN tree ON tree.id = a.parent_id
)
SELECT id AS account_id, path, level
FROM tree
ORDER BY path, account_id;
