-- Readings without a value are not counted.
SELECT meter_id, read_at, readings, estimates
FROM (
    SELECT meter_id, read_at, count(value) OVER week AS readings,
           count(value) FILTER (WHERE source = 'estimate') OVER week AS estimates
    FROM reading
    WINDOW week AS (PARTITION BY meter_id ORDER BY read_at RANGE INTERVAL '7 days' PRECEDING)
) AS counted
WHERE estimates > readings - estimates
ORDER BY meter_id, read_at;
