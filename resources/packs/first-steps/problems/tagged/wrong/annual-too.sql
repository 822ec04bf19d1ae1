-- Annual ones are listed.
SELECT id AS product_id, name, cardinality(tags) AS tags
FROM product
WHERE tags @> ARRAY['bee-friendly'];
