-- Prices are rounded to whole numbers.
SELECT id AS product_id, name, round(price * 1.07) AS with_tax
FROM product
WHERE price <= 3;
