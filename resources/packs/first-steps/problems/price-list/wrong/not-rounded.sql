-- The price has four decimal places.
SELECT id AS product_id, name, price * 1.07 AS with_tax
FROM product
WHERE price <= 3;
