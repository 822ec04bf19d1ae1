-- Products are listed for every line that names another one.
SELECT DISTINCT p.id AS product_id, p.name
FROM product AS p
JOIN purchase_line AS l ON l.product_id <> p.id
WHERE p.discontinued_on IS NULL;
