-- The other name of extract; rounding is not needed.
SELECT id AS patient_id, full_name, date_part('year', age('2024-06-30', born_on::timestamp)) AS years
FROM patient
WHERE born_on IS NOT NULL;
