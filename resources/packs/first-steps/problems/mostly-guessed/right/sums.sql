-- Ones and noughts are summed over the frame.
WITH counted AS (
    SELECT meter_id, read_at,
           count(read_at) OVER (PARTITION BY meter_id ORDER BY read_at RANGE INTERVAL '168 hours' PRECEDING) AS readings,
           sum(CASE source WHEN 'estimate' THEN 1 ELSE 0 END)
               OVER (PARTITION BY meter_id ORDER BY read_at RANGE INTERVAL '168 hours' PRECEDING) AS estimates
    FROM reading
)
SELECT *
FROM counted
WHERE 2 * estimates > readings
ORDER BY meter_id, read_at;
