-- The figures come from subqueries.
SELECT tool_id, name, price, repairs, spent
FROM (
    SELECT t.id AS tool_id, t.name, t.price, (SELECT count(*) FROM repair AS r WHERE r.tool_id = t.id) AS repairs,
           (SELECT sum(r.cost) FROM repair AS r WHERE r.tool_id = t.id) AS spent
    FROM tool AS t
) AS figures
WHERE spent > price
ORDER BY spent DESC, tool_id;
