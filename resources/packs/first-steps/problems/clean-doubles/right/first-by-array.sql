-- The first id of each set is kept.
WITH kept AS (
    SELECT (array_agg(id ORDER BY written_at, id))[1] AS id
    FROM review
    GROUP BY product_id, customer_id, stars, body
)
DELETE FROM review
WHERE id NOT IN (SELECT id FROM kept);
