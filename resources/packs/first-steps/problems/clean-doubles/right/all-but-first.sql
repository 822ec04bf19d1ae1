-- Everything goes that is not the first of its set.
DELETE FROM review
WHERE id NOT IN (
    SELECT DISTINCT ON (product_id, customer_id, stars, body) id
    FROM review
    ORDER BY product_id, customer_id, stars, body, written_at, id
);
