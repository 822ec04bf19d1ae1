-- Birthdays still to come are taken for past.
SELECT id AS patient_id, full_name, 2024 - extract(year FROM born_on)::integer AS years
FROM patient
WHERE born_on IS NOT NULL;
