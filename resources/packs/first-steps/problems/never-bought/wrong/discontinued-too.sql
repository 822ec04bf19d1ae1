-- Discontinued products are listed.
SELECT p.id AS product_id, p.name
FROM product AS p
WHERE NOT EXISTS (SELECT 1 FROM purchase_line AS l WHERE l.product_id = p.id);
