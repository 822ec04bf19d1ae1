-- One element equals it; no element equals the other.
SELECT id AS product_id, name, cardinality(tags) AS tags
FROM product
WHERE 'bee-friendly' = ANY (tags)
  AND 'annual' <> ALL (tags);
