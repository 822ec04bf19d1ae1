-- The difference of the years, less one before the birthday.
SELECT id AS patient_id, full_name,
       2024 - extract(year FROM born_on)::integer
           - CASE WHEN to_char(born_on, 'MMDD') > '0630' THEN 1 ELSE 0 END AS years
FROM patient
WHERE born_on IS NOT NULL;
