-- The empty text is left in.
SELECT DISTINCT town
FROM patient
WHERE town IS NOT NULL;
