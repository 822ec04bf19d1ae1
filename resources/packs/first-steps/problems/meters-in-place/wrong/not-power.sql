-- Whatever is not power is taken for water or heat.
SELECT id AS meter_id, serial, kind
FROM meter
WHERE kind <> 'power'
  AND installed_on IS NOT NULL
  AND removed_on IS NULL;
