-- The array is searched as a text.
SELECT id AS product_id, name, cardinality(tags) AS tags
FROM product
WHERE tags::text LIKE '%bee-friendly%'
  AND tags::text NOT LIKE '%annual%';
