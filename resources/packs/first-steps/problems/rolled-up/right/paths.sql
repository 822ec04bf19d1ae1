-- An account lies below another if its path holds the other's id.
WITH RECURSIVE tree AS (
    SELECT id, name, ARRAY[id] AS path
    FROM account
    WHERE parent_id IS NULL
    UNION ALL
    SELECT a.id, a.name, t.path || a.id
    FROM account AS a
    JOIN tree AS t ON t.id = a.parent_id
)
SELECT t.id AS account_id, t.name,
       (SELECT coalesce(sum(e.amount), 0) FROM entry AS e WHERE e.account_id = t.id) AS own,
       (SELECT coalesce(sum(e.amount), 0)
        FROM entry AS e
        JOIN tree AS u ON u.id = e.account_id
        WHERE t.id = ANY (u.path)) AS total
FROM tree AS t
ORDER BY t.id;
