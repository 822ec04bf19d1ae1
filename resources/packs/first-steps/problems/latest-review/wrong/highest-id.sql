-- The highest id is taken for the latest.
SELECT DISTINCT ON (p.id) p.id AS product_id, p.name, r.stars, r.written_at
FROM product AS p
JOIN review AS r ON r.product_id = p.id
ORDER BY p.id, r.id DESC;
