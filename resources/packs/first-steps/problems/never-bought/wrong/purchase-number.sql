-- The order's number is taken for the product's.
SELECT p.id AS product_id, p.name
FROM product AS p
WHERE p.discontinued_on IS NULL
  AND NOT EXISTS (SELECT 1 FROM purchase_line AS l WHERE l.purchase_id = p.id);
