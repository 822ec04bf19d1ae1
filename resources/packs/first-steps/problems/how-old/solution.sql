SELECT id AS patient_id, full_name, extract(year FROM age(DATE '2024-06-30', born_on))::integer AS years
FROM patient
WHERE born_on IS NOT NULL;
