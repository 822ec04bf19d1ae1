-- Blanks at the ends make towns of their own.
SELECT lower(town) AS town, count(*) AS patients
FROM patient
WHERE trim(town) <> ''
GROUP BY lower(town)
ORDER BY patients DESC, 1;
