-- The standard's own words for LIMIT and OFFSET.
SELECT id AS patient_id, full_name, born_on
FROM patient
ORDER BY born_on DESC NULLS LAST, id
OFFSET 20 ROWS FETCH NEXT 10 ROWS ONLY;
