-- Closed accounts are left out.
WITH RECURSIVE tree AS (
    SELECT id, name AS path, 1 AS level
    FROM account
    WHERE parent_id IS NULL AND closed_on IS NULL
    UNION ALL
    SELECT a.id, tree.path || ' > ' || a.name, tree.level + 1
    FROM account AS a
    JOIN tree ON tree.id = a.parent_id
    WHERE a.closed_on IS NULL
)
SELECT id AS account_id, path, level
FROM tree
ORDER BY path, account_id;
