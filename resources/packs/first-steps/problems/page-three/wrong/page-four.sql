-- Thirty rows are skipped.
SELECT id AS patient_id, full_name, born_on
FROM patient
ORDER BY born_on DESC NULLS LAST, id
LIMIT 10 OFFSET 30;
