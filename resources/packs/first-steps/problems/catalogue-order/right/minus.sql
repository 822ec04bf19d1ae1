-- Upwards by the negative price is downwards by the price.
SELECT category, name, price
FROM product
ORDER BY category, -price, name;
