-- Arrays that have something in common.
SELECT id AS product_id, name, array_length(tags, 1) AS tags
FROM product
WHERE tags && ARRAY['bee-friendly']
  AND NOT tags && '{annual}'::text[];
