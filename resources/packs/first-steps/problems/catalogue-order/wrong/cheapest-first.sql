-- Within a category the cheapest comes first.
SELECT category, name, price
FROM product
ORDER BY category, price, name;
