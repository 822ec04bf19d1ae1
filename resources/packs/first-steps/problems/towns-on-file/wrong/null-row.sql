-- A row of NULL is left in.
SELECT DISTINCT town
FROM patient
WHERE town IS NULL OR town <> '';
