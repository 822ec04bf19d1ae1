-- The rows of each set are numbered, and all but the first deleted.
DELETE FROM review
WHERE id IN (
    SELECT id
    FROM (
        SELECT id, row_number() OVER (PARTITION BY product_id, customer_id, stars, body ORDER BY written_at, id) AS place
        FROM review
    ) AS numbered
    WHERE place > 1
);
