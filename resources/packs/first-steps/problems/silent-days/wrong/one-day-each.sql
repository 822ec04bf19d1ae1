-- Of a longer gap only the first day is found.
WITH read AS (
    SELECT r.meter_id, (r.read_at AT TIME ZONE s.time_zone)::date AS day
    FROM reading AS r
    JOIN meter AS m ON m.id = r.meter_id
    JOIN site AS s ON s.id = m.site_id
)
SELECT DISTINCT a.meter_id, a.day + 1 AS day
FROM read AS a
WHERE NOT EXISTS (SELECT 1 FROM read AS b WHERE b.meter_id = a.meter_id AND b.day = a.day + 1)
  AND EXISTS (SELECT 1 FROM read AS c WHERE c.meter_id = a.meter_id AND c.day > a.day + 1)
ORDER BY meter_id, day;
