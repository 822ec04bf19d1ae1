-- Meters of one moment run downwards.
SELECT meter_id, read_at, value
FROM reading
ORDER BY read_at DESC, meter_id DESC
LIMIT 5;
