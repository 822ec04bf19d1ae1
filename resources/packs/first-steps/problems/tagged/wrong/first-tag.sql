-- Only the first tag is looked at.
SELECT id AS product_id, name, cardinality(tags) AS tags
FROM product
WHERE tags[1] = 'bee-friendly';
