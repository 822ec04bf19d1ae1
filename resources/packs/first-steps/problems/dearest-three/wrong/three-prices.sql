-- The three highest prices are taken instead of three products.
SELECT product_id, name, price
FROM (
    SELECT id AS product_id, name, price, dense_rank() OVER (ORDER BY price DESC) AS place
    FROM product
    WHERE discontinued_on IS NULL
) AS ranked
WHERE place <= 3
ORDER BY price DESC;
