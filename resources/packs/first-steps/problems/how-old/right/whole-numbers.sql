-- Dates written as numbers, yyyymmdd, and divided without a remainder.
SELECT id AS patient_id, full_name, (20240630 - to_char(born_on, 'YYYYMMDD')::integer) / 10000 AS years
FROM patient
WHERE born_on IS NOT NULL;
