-- What the pattern leaves of the text is not nothing.
SELECT id AS meter_id, serial
FROM meter
WHERE regexp_replace(serial, '^[A-Z]{2}-[0-9]{4}$', '') <> '' OR serial = '';
