-- A product is thought bought when a namesake was.
SELECT p.id AS product_id, p.name
FROM product AS p
WHERE p.discontinued_on IS NULL
  AND p.name NOT IN (SELECT b.name FROM product AS b JOIN purchase_line AS l ON l.product_id = b.id);
