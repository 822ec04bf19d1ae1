-- Each account walks its own tree.
SELECT a.id AS account_id, a.name, coalesce((SELECT sum(e.amount) FROM entry AS e WHERE e.account_id = a.id), 0) AS own,
       coalesce(w.total, 0) AS total
FROM account AS a
CROSS JOIN LATERAL (
    WITH RECURSIVE part AS (
        SELECT a.id AS id
        UNION
        SELECT c.id
        FROM part
        JOIN account AS c ON c.parent_id = part.id
    )
    SELECT sum(e.amount) AS total
    FROM entry AS e
    WHERE e.account_id IN (SELECT id FROM part)
) AS w
ORDER BY a.id;
