-- Reviews without stars are passed over.
SELECT DISTINCT ON (p.id) p.id AS product_id, p.name, r.stars, r.written_at
FROM product AS p
JOIN review AS r ON r.product_id = p.id AND r.stars IS NOT NULL
ORDER BY p.id, r.written_at DESC, r.id DESC;
