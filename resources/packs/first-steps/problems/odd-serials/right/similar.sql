-- The standard's patterns, which look at the whole text.
SELECT id AS meter_id, serial
FROM meter
WHERE serial NOT SIMILAR TO '[A-Z]{2}-[0-9]{4}';
