-- The week is counted for each reading.
SELECT r.meter_id, r.read_at, w.readings, w.estimates
FROM reading AS r
CROSS JOIN LATERAL (
    SELECT count(*) AS readings, count(*) FILTER (WHERE p.source = 'estimate') AS estimates
    FROM reading AS p
    WHERE p.meter_id = r.meter_id
      AND p.read_at <= r.read_at
      AND r.read_at - p.read_at <= INTERVAL '7 days'
) AS w
WHERE w.estimates > w.readings - w.estimates
ORDER BY r.meter_id, r.read_at;
