-- The names are collected in an array first.
WITH sown AS (
    SELECT p.name, e::integer AS month
    FROM product AS p
    CROSS JOIN jsonb_array_elements_text(p.details->'sow') AS t(e)
    WHERE p.discontinued_on IS NULL
)
SELECT m AS month, cardinality(names) AS products, nullif(array_to_string(names, ', '), '') AS names
FROM generate_series(1, 12) AS m
CROSS JOIN LATERAL (SELECT ARRAY(SELECT s.name FROM sown AS s WHERE s.month = m ORDER BY s.name) AS names) AS collected
ORDER BY m;
