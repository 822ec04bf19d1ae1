-- The empty category is taken for a missing one.
SELECT category, name, price
FROM product
ORDER BY nullif(category, ''), price DESC, name;
