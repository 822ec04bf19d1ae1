-- The difference is turned into NULL when it is negative.
SELECT meter_id, read_at, CASE sign(used) WHEN -1 THEN NULL ELSE used END AS used
FROM (
    SELECT meter_id, read_at, value - lag(value) OVER w AS used, row_number() OVER w AS place
    FROM reading
    WHERE value IS NOT NULL
    WINDOW w AS (PARTITION BY meter_id ORDER BY read_at)
) AS known
WHERE place > 1
ORDER BY meter_id, read_at;
