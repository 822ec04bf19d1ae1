-- A forgotten price is taken for 0.
SELECT t.id AS tool_id, t.name, t.price, count(*) AS repairs, sum(r.cost) AS spent
FROM tool AS t
JOIN repair AS r ON r.tool_id = t.id
GROUP BY t.id, t.name, t.price
HAVING sum(r.cost) > coalesce(t.price, 0)
ORDER BY spent DESC, tool_id;
