-- Whether the date is known is a sort key of its own: false comes before true.
SELECT id AS patient_id, full_name, born_on
FROM patient
ORDER BY born_on IS NULL, born_on DESC, id
LIMIT 10 OFFSET 20;
