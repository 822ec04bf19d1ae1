-- Subqueries over the elements.
SELECT id AS product_id, name, cardinality(tags) AS tags
FROM product
WHERE EXISTS (SELECT 1 FROM unnest(tags) AS t(tag) WHERE t.tag = 'bee-friendly')
  AND NOT EXISTS (SELECT 1 FROM unnest(tags) AS t(tag) WHERE t.tag = 'annual');
