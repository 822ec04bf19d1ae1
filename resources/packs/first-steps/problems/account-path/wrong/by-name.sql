-- Parents are joined by name.
WITH RECURSIVE tree AS (
    SELECT id, name, name AS path, 1 AS level
    FROM account
    WHERE parent_id IS NULL
    UNION ALL
    SELECT a.id, a.name, tree.path || ' > ' || a.name, tree.level + 1
    FROM account AS a
    JOIN account AS p ON p.id = a.parent_id
    JOIN tree ON tree.name = p.name
    WHERE tree.level < 6
)
SELECT id AS account_id, path, level
FROM tree
ORDER BY path, account_id;
