-- One row is missing.
SELECT meter_id, read_at, value
FROM reading
ORDER BY read_at DESC, meter_id
LIMIT 4;
