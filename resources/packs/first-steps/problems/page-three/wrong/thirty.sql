-- All three pages are shown.
SELECT id AS patient_id, full_name, born_on
FROM patient
ORDER BY born_on DESC NULLS LAST, id
LIMIT 30;
