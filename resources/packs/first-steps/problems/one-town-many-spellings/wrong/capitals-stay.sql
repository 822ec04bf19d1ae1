-- Capitals make towns of their own.
SELECT trim(town) AS town, count(*) AS patients
FROM patient
WHERE trim(town) <> ''
GROUP BY trim(town)
ORDER BY patients DESC, 1;
