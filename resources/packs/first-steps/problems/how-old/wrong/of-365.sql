-- Leap days are forgotten.
SELECT id AS patient_id, full_name, (DATE '2024-06-30' - born_on) / 365 AS years
FROM patient
WHERE born_on IS NOT NULL;
