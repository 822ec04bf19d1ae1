-- Half years are rounded up.
SELECT id AS patient_id, full_name, round((DATE '2024-06-30' - born_on) / 365.25)::integer AS years
FROM patient
WHERE born_on IS NOT NULL;
