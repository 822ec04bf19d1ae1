-- The place is worked out by a window function.
SELECT product_id, name, price
FROM (
    SELECT id AS product_id, name, price, rank() OVER (ORDER BY price DESC) AS place
    FROM product
    WHERE discontinued_on IS NULL
) AS ranked
WHERE place <= 3
ORDER BY price DESC;
