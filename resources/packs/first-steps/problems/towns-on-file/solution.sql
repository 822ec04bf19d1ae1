SELECT DISTINCT town
FROM patient
WHERE town <> '';
