-- The group is named by its place in the select list.
SELECT lower(trim(town)) AS town, count(*) AS patients
FROM patient
WHERE trim(town) <> ''
GROUP BY 1
ORDER BY 2 DESC, 1;
