-- Fewer than five readings come before it.
SELECT r.meter_id, r.read_at, r.value
FROM reading AS r
WHERE (SELECT count(*)
       FROM reading AS b
       WHERE b.read_at > r.read_at OR (b.read_at = r.read_at AND b.meter_id < r.meter_id)) < 5
ORDER BY r.read_at DESC, r.meter_id;
