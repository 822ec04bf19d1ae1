-- A lateral subquery fetches one review for each product.
SELECT p.id AS product_id, p.name, last.stars, last.written_at
FROM product AS p
CROSS JOIN LATERAL (
    SELECT r.stars, r.written_at
    FROM review AS r
    WHERE r.product_id = p.id
    ORDER BY r.written_at DESC, r.id DESC
    LIMIT 1
) AS last
ORDER BY p.id;
