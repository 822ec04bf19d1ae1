SELECT lower(trim(town)) AS town, count(*) AS patients
FROM patient
WHERE trim(town) <> ''
GROUP BY lower(trim(town))
ORDER BY patients DESC, town;
