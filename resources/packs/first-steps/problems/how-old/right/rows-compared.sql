-- Month and day are compared as a pair.
SELECT id AS patient_id, full_name,
       (2024 - extract(year FROM born_on)
           - CASE WHEN (extract(month FROM born_on), extract(day FROM born_on)) > (6, 30) THEN 1 ELSE 0 END)::integer AS years
FROM patient
WHERE born_on IS NOT NULL;
