-- The groups are still the spellings.
SELECT lower(trim(town)) AS town, count(*) AS patients
FROM patient
WHERE trim(town) <> ''
GROUP BY town
ORDER BY patients DESC, 1;
