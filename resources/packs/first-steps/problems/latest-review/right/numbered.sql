-- Reviews are numbered, the latest first.
SELECT product_id, name, stars, written_at
FROM (
    SELECT p.id AS product_id, p.name, r.stars, r.written_at,
           row_number() OVER (PARTITION BY p.id ORDER BY r.written_at DESC, r.id DESC) AS place
    FROM product AS p
    JOIN review AS r ON r.product_id = p.id
) AS numbered
WHERE place = 1
ORDER BY product_id;
