-- NULL is thrown out by a condition of its own.
SELECT DISTINCT town
FROM patient
WHERE town IS NOT NULL
  AND town <> '';
