-- The path is an array until the end.
WITH RECURSIVE tree AS (
    SELECT id, ARRAY[name] AS names
    FROM account
    WHERE parent_id IS NULL
    UNION ALL
    SELECT a.id, tree.names || a.name
    FROM tree
    JOIN account AS a ON a.parent_id = tree.id
)
SELECT id AS account_id, array_to_string(names, ' > ') AS path, cardinality(names) AS level
FROM tree
ORDER BY array_to_string(names, ' > '), id;
