SELECT id AS product_id, name, price
FROM product
WHERE discontinued_on IS NULL
ORDER BY price DESC
FETCH FIRST 3 ROWS WITH TIES;
