-- Two comparisons in parentheses.
SELECT id AS meter_id, serial, kind
FROM meter
WHERE (kind = 'water' OR kind = 'heat')
  AND removed_on IS NULL
  AND NOT installed_on IS NULL;
