-- The known reading before is fetched.
SELECT r.meter_id, r.read_at, CASE WHEN r.value < b.value THEN NULL ELSE r.value - b.value END AS used
FROM reading AS r
CROSS JOIN LATERAL (
    SELECT p.value
    FROM reading AS p
    WHERE p.meter_id = r.meter_id AND p.read_at < r.read_at AND p.value IS NOT NULL
    ORDER BY p.read_at DESC
    LIMIT 1
) AS b
WHERE r.value IS NOT NULL
ORDER BY r.meter_id, r.read_at;
