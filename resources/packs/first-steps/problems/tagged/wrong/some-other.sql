-- Some tag differs from annual, which says nothing.
SELECT id AS product_id, name, cardinality(tags) AS tags
FROM product
WHERE 'bee-friendly' = ANY (tags)
  AND 'annual' <> ANY (tags);
