-- Sums over windows, each tool once.
SELECT DISTINCT tool_id, name, price, repairs, spent
FROM (
    SELECT t.id AS tool_id, t.name, t.price, count(*) OVER (PARTITION BY t.id) AS repairs,
           sum(r.cost) OVER (PARTITION BY t.id) AS spent
    FROM tool AS t
    JOIN repair AS r ON r.tool_id = t.id
) AS figures
WHERE spent - price > 0
ORDER BY spent DESC, tool_id;
