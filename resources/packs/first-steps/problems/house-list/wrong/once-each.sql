-- Two people with the same name, specialty and day are taken for one.
SELECT DISTINCT full_name, specialty, works_since
FROM practitioner
ORDER BY works_since, full_name;
