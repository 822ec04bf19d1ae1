-- A replaced counter gives a negative use.
SELECT meter_id, read_at, value - before AS used
FROM (
    SELECT meter_id, read_at, value, lag(value) OVER (PARTITION BY meter_id ORDER BY read_at) AS before
    FROM reading
    WHERE value IS NOT NULL
) AS known
WHERE before IS NOT NULL
ORDER BY meter_id, read_at;
