-- Other meters' readings are counted.
SELECT meter_id, read_at, readings, estimates
FROM (
    SELECT meter_id, read_at, count(*) OVER week AS readings,
           count(*) FILTER (WHERE source = 'estimate') OVER week AS estimates
    FROM reading
    WINDOW week AS (ORDER BY read_at RANGE INTERVAL '7 days' PRECEDING)
) AS counted
WHERE estimates > readings - estimates
ORDER BY meter_id, read_at;
