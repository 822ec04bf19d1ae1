-- Nurses, who have no specialty, are left out.
SELECT full_name, specialty, works_since
FROM practitioner
WHERE specialty IS NOT NULL
ORDER BY works_since, full_name;
