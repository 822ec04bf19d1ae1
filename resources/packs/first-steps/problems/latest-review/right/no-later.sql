-- No review of the product is later.
SELECT p.id AS product_id, p.name, r.stars, r.written_at
FROM review AS r
JOIN product AS p ON p.id = r.product_id
WHERE NOT EXISTS (
    SELECT 1
    FROM review AS later
    WHERE later.product_id = r.product_id
      AND (later.written_at, later.id) > (r.written_at, r.id)
)
ORDER BY p.id;
