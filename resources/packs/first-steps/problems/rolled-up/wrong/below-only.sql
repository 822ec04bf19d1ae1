-- The account's own entries are not in the total.
WITH RECURSIVE below AS (
    SELECT parent_id AS top_id, id
    FROM account
    WHERE parent_id IS NOT NULL
    UNION ALL
    SELECT b.top_id, a.id
    FROM below AS b
    JOIN account AS a ON a.parent_id = b.id
)
SELECT t.id AS account_id, t.name,
       coalesce((SELECT sum(e.amount) FROM entry AS e WHERE e.account_id = t.id), 0) AS own,
       coalesce((SELECT sum(e.amount) FROM entry AS e JOIN below AS b ON b.id = e.account_id WHERE b.top_id = t.id), 0) AS total
FROM account AS t
ORDER BY t.id;
