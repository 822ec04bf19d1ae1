WITH RECURSIVE below AS (
    SELECT id AS top_id, id
    FROM account
    UNION ALL
    SELECT b.top_id, a.id
    FROM below AS b
    JOIN account AS a ON a.parent_id = b.id
),
own AS (
    SELECT account_id, sum(amount) AS amount
    FROM entry
    GROUP BY account_id
)
SELECT t.id AS account_id, t.name,
       coalesce(sum(o.amount) FILTER (WHERE b.id = t.id), 0) AS own,
       coalesce(sum(o.amount), 0) AS total
FROM account AS t
JOIN below AS b ON b.top_id = t.id
LEFT JOIN own AS o ON o.account_id = b.id
GROUP BY t.id, t.name
ORDER BY account_id;
