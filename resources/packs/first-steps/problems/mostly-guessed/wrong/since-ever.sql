-- The frame reaches back to the beginning.
SELECT meter_id, read_at, readings, estimates
FROM (
    SELECT meter_id, read_at, count(*) OVER week AS readings,
           count(*) FILTER (WHERE source = 'estimate') OVER week AS estimates
    FROM reading
    WINDOW week AS (PARTITION BY meter_id ORDER BY read_at)
) AS counted
WHERE estimates > readings - estimates
ORDER BY meter_id, read_at;
