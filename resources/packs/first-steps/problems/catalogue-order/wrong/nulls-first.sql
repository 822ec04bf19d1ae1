-- Products without a category open the list.
SELECT category, name, price
FROM product
ORDER BY category NULLS FIRST, price DESC, name;
