-- Known readings are numbered and joined to their successors.
WITH known AS (
    SELECT meter_id, read_at, value, row_number() OVER (PARTITION BY meter_id ORDER BY read_at) AS place
    FROM reading
    WHERE value IS NOT NULL
)
SELECT b.meter_id, b.read_at, CASE WHEN b.value >= a.value THEN b.value - a.value END AS used
FROM known AS a
JOIN known AS b ON b.meter_id = a.meter_id AND b.place = a.place + 1
ORDER BY b.meter_id, b.read_at;
