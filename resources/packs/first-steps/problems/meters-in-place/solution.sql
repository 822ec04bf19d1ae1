SELECT id AS meter_id, serial, kind
FROM meter
WHERE kind IN ('water', 'heat')
  AND installed_on IS NOT NULL
  AND removed_on IS NULL;
