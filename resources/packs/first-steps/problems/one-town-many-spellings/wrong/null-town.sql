-- NULL is counted as a town.
SELECT lower(trim(town)) AS town, count(*) AS patients
FROM patient
WHERE trim(town) <> '' OR town IS NULL
GROUP BY lower(trim(town))
ORDER BY patients DESC, 1;
