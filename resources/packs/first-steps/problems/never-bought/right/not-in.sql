-- The product is not among those that were bought.
SELECT id AS product_id, name
FROM product
WHERE discontinued_on IS NULL
  AND id NOT IN (SELECT product_id FROM purchase_line);
