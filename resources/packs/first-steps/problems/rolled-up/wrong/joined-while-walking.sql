-- Entries joined during the walk repeat it.
WITH RECURSIVE below AS (
    SELECT a.id AS top_id, a.id, e.amount
    FROM account AS a
    LEFT JOIN entry AS e ON e.account_id = a.id
    UNION ALL
    SELECT b.top_id, a.id, e.amount
    FROM below AS b
    JOIN account AS a ON a.parent_id = b.id
    LEFT JOIN entry AS e ON e.account_id = a.id
)
SELECT t.id AS account_id, t.name, coalesce(sum(b.amount) FILTER (WHERE b.id = t.id), 0) AS own,
       coalesce(sum(b.amount), 0) AS total
FROM account AS t
JOIN below AS b ON b.top_id = t.id
GROUP BY t.id, t.name
ORDER BY t.id;
