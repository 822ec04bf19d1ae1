-- Each month asks for itself.
SELECT m.month,
       (SELECT count(*) FROM product AS p
        WHERE p.discontinued_on IS NULL
          AND m.month IN (SELECT e::integer FROM jsonb_array_elements_text(p.details->'sow') AS t(e))) AS products,
       (SELECT string_agg(p.name, ', ' ORDER BY p.name) FROM product AS p
        WHERE p.discontinued_on IS NULL
          AND m.month IN (SELECT e::integer FROM jsonb_array_elements_text(p.details->'sow') AS t(e))) AS names
FROM generate_series(1, 12) AS m(month)
ORDER BY 1;
