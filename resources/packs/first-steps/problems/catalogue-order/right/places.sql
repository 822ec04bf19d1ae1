-- The keys are named by their places.
SELECT category, name, price
FROM product
ORDER BY 1, 3 DESC, 2;
