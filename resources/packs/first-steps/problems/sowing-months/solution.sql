SELECT m.month, count(s.name) AS products, string_agg(s.name, ', ' ORDER BY s.name) AS names
FROM generate_series(1, 12) AS m(month)
LEFT JOIN (
    SELECT p.name, sown.month::integer AS month
    FROM product AS p
    CROSS JOIN LATERAL jsonb_array_elements_text(p.details->'sow') AS sown(month)
    WHERE p.discontinued_on IS NULL
) AS s ON s.month = m.month
GROUP BY m.month
ORDER BY m.month;
