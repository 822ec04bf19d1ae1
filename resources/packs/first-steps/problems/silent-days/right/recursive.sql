-- A recursive query walks from day to day.
WITH RECURSIVE read AS (
    SELECT r.meter_id, (r.read_at AT TIME ZONE s.time_zone)::date AS day
    FROM reading AS r
    JOIN meter AS m ON m.id = r.meter_id
    JOIN site AS s ON s.id = m.site_id
),
walk AS (
    SELECT meter_id, min(day) AS day, max(day) AS last_day
    FROM read
    GROUP BY meter_id
    UNION ALL
    SELECT meter_id, day + 1, last_day
    FROM walk
    WHERE day < last_day
)
SELECT meter_id, day
FROM walk
WHERE (meter_id, day) NOT IN (SELECT meter_id, day FROM read)
ORDER BY meter_id, day;
