-- Meters that still lie in their box are listed.
SELECT id AS meter_id, serial, kind
FROM meter
WHERE kind IN ('water', 'heat')
  AND removed_on IS NULL;
