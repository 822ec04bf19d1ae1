-- The patient's id is given for the visit's.
SELECT patient_id AS visit_id, minutes
FROM visit
WHERE minutes > 45;
