-- The match is denied by NOT.
SELECT id AS meter_id, serial
FROM meter
WHERE NOT serial ~ '^[A-Z][A-Z]-[0-9][0-9][0-9][0-9]$';
