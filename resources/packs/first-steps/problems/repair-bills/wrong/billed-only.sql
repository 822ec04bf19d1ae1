-- Repairs without a bill are not counted.
SELECT t.id AS tool_id, t.name, t.price, count(r.cost) AS repairs, sum(r.cost) AS spent
FROM tool AS t
JOIN repair AS r ON r.tool_id = t.id
GROUP BY t.id, t.name, t.price
HAVING sum(r.cost) > t.price
ORDER BY spent DESC, tool_id;
