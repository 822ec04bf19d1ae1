-- Directions and the place of NULL are spelt out.
SELECT p.category, p.name, p.price
FROM product AS p
ORDER BY p.category ASC NULLS LAST, p.price DESC, p.name ASC;
