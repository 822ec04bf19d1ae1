-- Single estimates are runs too.
SELECT meter_id, min(read_at) AS first_at, max(read_at) AS last_at, count(*) AS readings
FROM (
    SELECT meter_id, read_at, source,
           row_number() OVER (PARTITION BY meter_id ORDER BY read_at)
               - row_number() OVER (PARTITION BY meter_id, source ORDER BY read_at) AS run
    FROM reading
) AS numbered
WHERE source = 'estimate'
GROUP BY meter_id, run
ORDER BY meter_id, first_at;
