-- Two products of one name are listed once.
SELECT m.month, count(p.id) AS products, string_agg(DISTINCT p.name, ', ' ORDER BY p.name) AS names
FROM generate_series(1, 12) AS m(month)
LEFT JOIN product AS p ON p.details->'sow' @> to_jsonb(m.month) AND p.discontinued_on IS NULL
GROUP BY m.month
ORDER BY m.month;
