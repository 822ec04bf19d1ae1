-- Visits without a status are lost.
SELECT id AS visit_id, status
FROM visit
WHERE status <> 'done';
