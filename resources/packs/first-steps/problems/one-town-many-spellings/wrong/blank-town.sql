-- Blank towns are counted as a town.
SELECT lower(trim(town)) AS town, count(*) AS patients
FROM patient
WHERE town <> ''
GROUP BY lower(trim(town))
ORDER BY patients DESC, 1;
