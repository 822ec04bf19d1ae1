SELECT id AS meter_id, serial
FROM meter
WHERE serial !~ '^[A-Z]{2}-[0-9]{4}$';
