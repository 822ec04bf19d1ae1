-- The largest values are shown.
SELECT meter_id, read_at, value
FROM reading
ORDER BY value DESC NULLS LAST, meter_id, read_at
LIMIT 5;
