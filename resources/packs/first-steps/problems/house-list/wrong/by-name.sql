-- The list is sorted by name before the day.
SELECT full_name, specialty, works_since
FROM practitioner
ORDER BY full_name, works_since;
