-- Only the children are added, not theirs.
WITH own AS (
    SELECT a.id, a.parent_id, a.name, coalesce(sum(e.amount), 0) AS amount
    FROM account AS a
    LEFT JOIN entry AS e ON e.account_id = a.id
    GROUP BY a.id, a.parent_id, a.name
)
SELECT o.id AS account_id, o.name, o.amount AS own,
       o.amount + coalesce((SELECT sum(c.amount) FROM own AS c WHERE c.parent_id = o.id), 0) AS total
FROM own AS o
ORDER BY o.id;
