SELECT id AS product_id, name, cardinality(tags) AS tags
FROM product
WHERE tags @> ARRAY['bee-friendly']
  AND NOT tags @> ARRAY['annual'];
