-- A day counts as read when any meter was read.
WITH read AS (
    SELECT r.meter_id, (r.read_at AT TIME ZONE s.time_zone)::date AS day
    FROM reading AS r
    JOIN meter AS m ON m.id = r.meter_id
    JOIN site AS s ON s.id = m.site_id
),
span AS (
    SELECT meter_id, generate_series(min(day), max(day), INTERVAL '1 day')::date AS day
    FROM read
    GROUP BY meter_id
)
SELECT meter_id, day
FROM span
WHERE day NOT IN (SELECT day FROM read)
ORDER BY meter_id, day;
