-- A numeric with two decimal places is rounded by itself.
SELECT id AS product_id, name, (price * 1.07)::numeric(10, 2) AS with_tax
FROM product
WHERE 3 >= price;
