-- Dark displays are passed over.
SELECT meter_id, read_at, value
FROM reading
WHERE value IS NOT NULL
ORDER BY read_at DESC, meter_id
LIMIT 5;
