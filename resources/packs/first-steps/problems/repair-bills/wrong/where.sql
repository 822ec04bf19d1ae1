-- Single repairs are compared with the price, not their sum.
SELECT t.id AS tool_id, t.name, t.price, count(*) AS repairs, sum(r.cost) AS spent
FROM tool AS t
JOIN repair AS r ON r.tool_id = t.id
WHERE r.cost > t.price
GROUP BY t.id, t.name, t.price
ORDER BY spent DESC, tool_id;
