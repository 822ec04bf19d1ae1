-- The tax is added.
SELECT id AS product_id, name, round(price + price * 0.07, 2) AS with_tax
FROM product
WHERE price <= 3.00;
