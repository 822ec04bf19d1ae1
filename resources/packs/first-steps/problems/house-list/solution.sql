SELECT full_name, specialty, works_since
FROM practitioner
ORDER BY works_since, full_name;
