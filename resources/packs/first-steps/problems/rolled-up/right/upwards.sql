-- Every amount is carried up to all ancestors.
WITH RECURSIVE carried AS (
    SELECT a.id AS at_id, a.parent_id, e.amount, true AS own
    FROM account AS a
    JOIN entry AS e ON e.account_id = a.id
    UNION ALL
    SELECT p.id, p.parent_id, c.amount, false
    FROM carried AS c
    JOIN account AS p ON p.id = c.parent_id
)
SELECT a.id AS account_id, a.name, coalesce(sum(c.amount) FILTER (WHERE c.own), 0) AS own,
       coalesce(sum(c.amount), 0) AS total
FROM account AS a
LEFT JOIN carried AS c ON c.at_id = a.id
GROUP BY a.id, a.name
ORDER BY a.id;
