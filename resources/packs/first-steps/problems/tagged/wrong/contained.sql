-- The question is asked the wrong way round.
SELECT id AS product_id, name, cardinality(tags) AS tags
FROM product
WHERE tags <@ ARRAY['bee-friendly', 'perennial', 'hardy']
  AND tags <> '{}';
