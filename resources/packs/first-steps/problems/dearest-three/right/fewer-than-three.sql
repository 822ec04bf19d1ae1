-- Fewer than three products on sale are dearer.
SELECT p.id AS product_id, p.name, p.price
FROM product AS p
WHERE p.discontinued_on IS NULL
  AND (SELECT count(*) FROM product AS d WHERE d.discontinued_on IS NULL AND d.price > p.price) < 3
ORDER BY p.price DESC;
