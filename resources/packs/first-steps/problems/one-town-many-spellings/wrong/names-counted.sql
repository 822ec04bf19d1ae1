-- Two patients of one name are counted once.
SELECT lower(trim(town)) AS town, count(DISTINCT full_name) AS patients
FROM patient
WHERE trim(town) <> ''
GROUP BY lower(trim(town))
ORDER BY patients DESC, 1;
