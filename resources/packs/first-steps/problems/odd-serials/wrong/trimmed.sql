-- Blanks at the ends are overlooked.
SELECT id AS meter_id, serial
FROM meter
WHERE trim(serial) !~ '^[A-Z]{2}-[0-9]{4}$';
