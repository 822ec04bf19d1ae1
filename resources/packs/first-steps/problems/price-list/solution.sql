SELECT id AS product_id, name, round(price * 1.07, 2) AS with_tax
FROM product
WHERE price <= 3;
