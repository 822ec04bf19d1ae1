-- The sum of no quantities is NULL.
SELECT p.id AS product_id, p.name
FROM product AS p
WHERE p.discontinued_on IS NULL
  AND (SELECT sum(l.quantity) FROM purchase_line AS l WHERE l.product_id = p.id) IS NULL;
