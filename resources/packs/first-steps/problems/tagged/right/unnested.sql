-- The arrays are taken apart and counted.
SELECT p.id AS product_id, p.name, count(*) AS tags
FROM product AS p
CROSS JOIN LATERAL unnest(p.tags) AS t(tag)
GROUP BY p.id, p.name
HAVING bool_or(t.tag = 'bee-friendly') AND NOT bool_or(t.tag = 'annual');
