-- The months are written out, the lists taken apart in a CTE.
WITH month(month) AS (
    VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12)
),
sown AS (
    SELECT p.name, (e.value)::integer AS month
    FROM product AS p, jsonb_array_elements(p.details->'sow') AS e(value)
    WHERE p.discontinued_on IS NULL
)
SELECT month.month, count(sown.month) AS products, string_agg(sown.name, ', ' ORDER BY sown.name) AS names
FROM month
LEFT JOIN sown ON sown.month = month.month
GROUP BY month.month
ORDER BY month.month;
