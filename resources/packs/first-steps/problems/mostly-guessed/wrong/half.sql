-- Half estimates are enough.
SELECT meter_id, read_at, readings, estimates
FROM (
    SELECT meter_id, read_at, count(*) OVER week AS readings,
           count(*) FILTER (WHERE source = 'estimate') OVER week AS estimates
    FROM reading
    WINDOW week AS (PARTITION BY meter_id ORDER BY read_at RANGE INTERVAL '7 days' PRECEDING)
) AS counted
WHERE estimates * 2 >= readings
ORDER BY meter_id, read_at;
