-- The right ones are taken away.
SELECT id AS meter_id, serial
FROM meter
EXCEPT
SELECT id, serial
FROM meter
WHERE serial ~ '^[A-Z]{2}-\d{4}$';
