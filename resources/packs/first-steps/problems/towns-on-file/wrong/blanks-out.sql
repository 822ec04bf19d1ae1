-- A town of nothing but blanks is left out.
SELECT DISTINCT town
FROM patient
WHERE trim(town) <> '';
