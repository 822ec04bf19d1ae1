-- Parts of a cent are cut off.
SELECT id AS product_id, name, trunc(price * 1.07, 2) AS with_tax
FROM product
WHERE price <= 3;
