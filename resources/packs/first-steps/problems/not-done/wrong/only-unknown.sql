-- Only visits without a status are listed.
SELECT id AS visit_id, status
FROM visit
WHERE status IS NULL;
