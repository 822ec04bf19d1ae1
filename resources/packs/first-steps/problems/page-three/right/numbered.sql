-- The rows are numbered, and 21 to 30 are taken.
SELECT patient_id, full_name, born_on
FROM (
    SELECT id AS patient_id, full_name, born_on,
           row_number() OVER (ORDER BY born_on DESC NULLS LAST, id) AS place
    FROM patient
) AS numbered
WHERE place BETWEEN 21 AND 30
ORDER BY place;
