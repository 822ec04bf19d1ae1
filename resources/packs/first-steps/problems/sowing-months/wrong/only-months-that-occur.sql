-- Months without products are missing.
SELECT sown.month::integer AS month, count(*) AS products, string_agg(p.name, ', ' ORDER BY p.name) AS names
FROM product AS p
CROSS JOIN LATERAL jsonb_array_elements_text(p.details->'sow') AS sown(month)
WHERE p.discontinued_on IS NULL
GROUP BY 1
ORDER BY 1;
