-- The days are made first, and looked up one by one.
WITH read AS (
    SELECT r.meter_id, (r.read_at AT TIME ZONE s.time_zone)::date AS day
    FROM reading AS r
    JOIN meter AS m ON m.id = r.meter_id
    JOIN site AS s ON s.id = m.site_id
),
span AS (
    SELECT meter_id, min(day) AS first_day, max(day) AS last_day
    FROM read
    GROUP BY meter_id
)
SELECT span.meter_id, d.day::date AS day
FROM span
CROSS JOIN LATERAL generate_series(first_day::timestamp, last_day::timestamp, '1 day') AS d(day)
WHERE NOT EXISTS (SELECT 1 FROM read WHERE read.meter_id = span.meter_id AND read.day = d.day::date)
ORDER BY meter_id, day;
