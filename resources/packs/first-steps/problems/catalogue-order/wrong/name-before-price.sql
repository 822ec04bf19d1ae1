-- The name decides before the price.
SELECT category, name, price
FROM product
ORDER BY category, name, price DESC;
