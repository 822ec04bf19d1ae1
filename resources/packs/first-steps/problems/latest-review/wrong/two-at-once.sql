-- Two reviews of one moment make two rows.
SELECT p.id AS product_id, p.name, r.stars, r.written_at
FROM product AS p
JOIN review AS r ON r.product_id = p.id
WHERE r.written_at = (SELECT max(m.written_at) FROM review AS m WHERE m.product_id = p.id)
ORDER BY p.id;
