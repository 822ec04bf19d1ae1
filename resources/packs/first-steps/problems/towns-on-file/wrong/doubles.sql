-- Every patient's town is listed, doubles and all.
SELECT town
FROM patient
WHERE town <> '';
