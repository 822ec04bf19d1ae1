-- The same tidying by other functions.
SELECT btrim(lower(town)) AS town, count(town) AS patients
FROM patient
WHERE length(btrim(town)) > 0
GROUP BY 1
ORDER BY patients DESC, town;
