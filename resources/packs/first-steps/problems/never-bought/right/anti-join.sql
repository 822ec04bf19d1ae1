-- A left join that finds no partner.
SELECT p.id AS product_id, p.name
FROM product AS p
LEFT JOIN purchase_line AS l ON l.product_id = p.id
WHERE p.discontinued_on IS NULL
  AND l.purchase_id IS NULL;
