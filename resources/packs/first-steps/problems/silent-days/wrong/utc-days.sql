-- Days are taken in UTC.
WITH read AS (
    SELECT meter_id, read_at::date AS day
    FROM reading
)
SELECT meter_id, generate_series(min(day), max(day), INTERVAL '1 day')::date AS day
FROM read
GROUP BY meter_id
EXCEPT
SELECT meter_id, day
FROM read
ORDER BY meter_id, day;
