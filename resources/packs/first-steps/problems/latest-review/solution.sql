SELECT DISTINCT ON (p.id) p.id AS product_id, p.name, r.stars, r.written_at
FROM product AS p
JOIN review AS r ON r.product_id = p.id
ORDER BY p.id, r.written_at DESC, r.id DESC;
