-- A price of exactly 3.00 is left out.
SELECT id AS product_id, name, round(price * 1.07, 2) AS with_tax
FROM product
WHERE price < 3;
