-- The newest come first.
SELECT full_name, specialty, works_since
FROM practitioner
ORDER BY works_since DESC, full_name;
