-- Thirty rows are taken, and of them those after the twentieth.
SELECT patient_id, full_name, born_on
FROM (
    SELECT id AS patient_id, full_name, born_on
    FROM patient
    ORDER BY born_on DESC NULLS LAST, id
    LIMIT 30
) AS three_pages
ORDER BY born_on DESC NULLS LAST, patient_id
OFFSET 20;
