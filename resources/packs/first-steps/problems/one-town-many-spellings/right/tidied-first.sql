-- The towns are tidied in a CTE and counted after it.
WITH tidy AS (
    SELECT lower(trim(town)) AS place
    FROM patient
)
SELECT place AS town, count(*) AS patients
FROM tidy
WHERE place <> ''
GROUP BY place
ORDER BY patients DESC, place;
