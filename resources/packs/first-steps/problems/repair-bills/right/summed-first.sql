-- Repairs are summed before they are joined.
SELECT t.id AS tool_id, t.name, t.price, r.repairs, r.spent
FROM tool AS t
JOIN (SELECT tool_id, count(*) AS repairs, sum(cost) AS spent FROM repair GROUP BY tool_id) AS r ON r.tool_id = t.id
WHERE r.spent > t.price
ORDER BY r.spent DESC, t.id;
