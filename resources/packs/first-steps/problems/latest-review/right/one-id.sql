-- A subquery picks the id of the review to show.
SELECT p.id AS product_id, p.name, r.stars, r.written_at
FROM product AS p
JOIN review AS r ON r.id = (SELECT l.id FROM review AS l WHERE l.product_id = p.id
                            ORDER BY l.written_at DESC, l.id DESC LIMIT 1)
ORDER BY product_id;
