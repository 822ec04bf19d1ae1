-- The days are counted from the first.
WITH read AS (
    SELECT r.meter_id, (r.read_at AT TIME ZONE s.time_zone)::date AS day
    FROM site AS s
    JOIN meter AS m ON m.site_id = s.id
    JOIN reading AS r ON r.meter_id = m.id
)
SELECT span.meter_id, span.first_day + n AS day
FROM (SELECT meter_id, min(day) AS first_day, max(day) - min(day) AS days FROM read GROUP BY meter_id) AS span
CROSS JOIN LATERAL generate_series(0, span.days) AS n
LEFT JOIN read ON read.meter_id = span.meter_id AND read.day = span.first_day + n
WHERE read.day IS NULL
ORDER BY 1, 2;
