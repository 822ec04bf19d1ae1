-- The opposite: what was bought.
SELECT p.id AS product_id, p.name
FROM product AS p
WHERE p.discontinued_on IS NULL
  AND EXISTS (SELECT 1 FROM purchase_line AS l WHERE l.product_id = p.id);
