-- The places of the two tags.
SELECT id AS product_id, name, cardinality(tags) AS tags
FROM product
WHERE array_position(tags, 'bee-friendly') IS NOT NULL
  AND array_position(tags, 'annual') IS NULL;
