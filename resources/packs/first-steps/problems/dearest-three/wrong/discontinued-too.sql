-- Discontinued products are listed.
SELECT id AS product_id, name, price
FROM product
ORDER BY price DESC
FETCH FIRST 3 ROWS WITH TIES;
