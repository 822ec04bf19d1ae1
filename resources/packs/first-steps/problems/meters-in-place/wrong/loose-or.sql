-- AND binds one of the kinds only.
SELECT id AS meter_id, serial, kind
FROM meter
WHERE kind = 'water' OR kind = 'heat'
  AND installed_on IS NOT NULL
  AND removed_on IS NULL;
