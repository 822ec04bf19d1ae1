-- One query for each kind.
SELECT id AS meter_id, serial, kind FROM meter WHERE kind = 'water' AND installed_on > '-infinity' AND removed_on IS NULL
UNION ALL
SELECT id, serial, kind FROM meter WHERE kind = 'heat' AND installed_on > '-infinity' AND removed_on IS NULL;
