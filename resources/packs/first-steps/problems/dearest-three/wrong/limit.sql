-- Of equal prices one is left to chance.
SELECT id AS product_id, name, price
FROM product
WHERE discontinued_on IS NULL
ORDER BY price DESC
LIMIT 3;
