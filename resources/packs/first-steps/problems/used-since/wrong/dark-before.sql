-- A dark display breaks the chain.
SELECT meter_id, read_at, CASE WHEN value >= before THEN value - before END AS used
FROM (
    SELECT meter_id, read_at, value, lag(value) OVER (PARTITION BY meter_id ORDER BY read_at) AS before
    FROM reading
) AS every
WHERE before IS NOT NULL AND value IS NOT NULL
ORDER BY meter_id, read_at;
