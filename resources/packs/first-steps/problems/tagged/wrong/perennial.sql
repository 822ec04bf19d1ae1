-- Not annual is taken for perennial.
SELECT id AS product_id, name, cardinality(tags) AS tags
FROM product
WHERE tags @> ARRAY['bee-friendly', 'perennial'];
