-- The figures are joined laterally.
SELECT t.id AS tool_id, t.name, t.price, f.repairs, f.spent
FROM tool AS t
CROSS JOIN LATERAL (SELECT count(r.id) AS repairs, sum(r.cost) AS spent FROM repair AS r WHERE r.tool_id = t.id) AS f
WHERE NOT f.spent <= t.price
ORDER BY 5 DESC, 1;
