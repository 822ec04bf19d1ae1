-- Bought products are taken away from those on sale.
SELECT id AS product_id, name
FROM product
WHERE discontinued_on IS NULL
EXCEPT
SELECT p.id, p.name
FROM product AS p
JOIN purchase_line AS l ON l.product_id = p.id;
