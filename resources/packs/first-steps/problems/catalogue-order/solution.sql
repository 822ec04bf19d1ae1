SELECT category, name, price
FROM product
ORDER BY category, price DESC, name;
