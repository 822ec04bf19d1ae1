-- Discontinued products are dropped too late, and empty months with them.
SELECT m.month, count(p.id) AS products, string_agg(p.name, ', ' ORDER BY p.name) AS names
FROM generate_series(1, 12) AS m(month)
LEFT JOIN product AS p ON p.details->'sow' @> to_jsonb(m.month)
WHERE p.discontinued_on IS NULL AND p.id IS NOT NULL
GROUP BY m.month
ORDER BY m.month;
