-- The oldest five are shown.
SELECT meter_id, read_at, value
FROM reading
ORDER BY read_at, meter_id
LIMIT 5;
