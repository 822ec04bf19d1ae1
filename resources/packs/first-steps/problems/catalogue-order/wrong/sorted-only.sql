-- Products without a category are left out.
SELECT category, name, price
FROM product
WHERE category IS NOT NULL
ORDER BY category, price DESC, name;
