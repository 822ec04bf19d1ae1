-- Stars and moment come from different reviews.
SELECT p.id AS product_id, p.name, max(r.stars) AS stars, max(r.written_at) AS written_at
FROM product AS p
JOIN review AS r ON r.product_id = p.id
GROUP BY p.id, p.name
ORDER BY p.id;
