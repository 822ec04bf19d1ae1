-- Ties are broken by name.
SELECT id AS product_id, name, price
FROM product
WHERE discontinued_on IS NULL
ORDER BY price DESC, name
FETCH FIRST 3 ROWS WITH TIES;
