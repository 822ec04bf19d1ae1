-- Empty towns are dropped after grouping.
SELECT trim(lower(town)) AS town, count(*) AS patients
FROM patient
GROUP BY trim(lower(town))
HAVING trim(lower(town)) <> ''
ORDER BY count(*) DESC, trim(lower(town));
