-- The standard's words for LIMIT.
SELECT meter_id, read_at, value
FROM reading
ORDER BY read_at DESC, meter_id ASC
FETCH FIRST 5 ROWS ONLY;
