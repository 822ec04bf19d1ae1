-- Tools of one name are thrown together.
SELECT min(t.id) AS tool_id, t.name, min(t.price) AS price, count(*) AS repairs, sum(r.cost) AS spent
FROM tool AS t
JOIN repair AS r ON r.tool_id = t.id
GROUP BY t.name
HAVING sum(r.cost) > min(t.price)
ORDER BY spent DESC, tool_id;
