-- All meters are expected from the first to the last reading of all.
WITH read AS (
    SELECT r.meter_id, (r.read_at AT TIME ZONE s.time_zone)::date AS day
    FROM reading AS r
    JOIN meter AS m ON m.id = r.meter_id
    JOIN site AS s ON s.id = m.site_id
)
SELECT m.meter_id, d.day::date AS day
FROM (SELECT DISTINCT meter_id FROM read) AS m
CROSS JOIN (SELECT generate_series(min(day), max(day), INTERVAL '1 day') AS day FROM read) AS d
WHERE NOT EXISTS (SELECT 1 FROM read WHERE read.meter_id = m.meter_id AND read.day = d.day::date)
ORDER BY meter_id, day;
