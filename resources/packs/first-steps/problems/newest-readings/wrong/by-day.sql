-- Only the day decides, then the meter.
SELECT meter_id, read_at, value
FROM reading
ORDER BY read_at::date DESC, meter_id, read_at
LIMIT 5;
