-- Per cents are divided by a hundred.
SELECT p.id, p.name, round(p.price * 107 / 100, 2)
FROM product AS p
WHERE NOT p.price > 3;
