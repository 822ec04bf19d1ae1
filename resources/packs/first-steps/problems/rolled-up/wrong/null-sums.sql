-- No entries make NULL.
WITH RECURSIVE below AS (
    SELECT id AS top_id, id
    FROM account
    UNION ALL
    SELECT b.top_id, a.id
    FROM below AS b
    JOIN account AS a ON a.parent_id = b.id
)
SELECT t.id AS account_id, t.name, sum(e.amount) FILTER (WHERE b.id = t.id) AS own, sum(e.amount) AS total
FROM account AS t
JOIN below AS b ON b.top_id = t.id
LEFT JOIN entry AS e ON e.account_id = b.id
GROUP BY t.id, t.name
ORDER BY t.id;
