-- A further key after the two changes nothing that counts.
SELECT full_name, specialty, works_since
FROM practitioner
ORDER BY works_since, full_name, id;
