-- The reading before may be another meter's.
SELECT meter_id, read_at, CASE WHEN value >= before THEN value - before END AS used
FROM (
    SELECT meter_id, read_at, value, lag(value) OVER (ORDER BY meter_id, read_at) AS before
    FROM reading
    WHERE value IS NOT NULL
) AS known
WHERE before IS NOT NULL
ORDER BY meter_id, read_at;
