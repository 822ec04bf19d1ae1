-- Only the gaps between neighbouring days are filled.
WITH read AS (
    SELECT DISTINCT r.meter_id, timezone(s.time_zone, r.read_at)::date AS day
    FROM reading AS r
    JOIN meter AS m ON m.id = r.meter_id
    JOIN site AS s ON s.id = m.site_id
),
step AS (
    SELECT meter_id, day, lead(day) OVER (PARTITION BY meter_id ORDER BY day) AS next_day
    FROM read
)
SELECT step.meter_id, gap.day::date AS day
FROM step
CROSS JOIN LATERAL generate_series(step.day + 1, step.next_day - 1, INTERVAL '1 day') AS gap(day)
ORDER BY 1, 2;
