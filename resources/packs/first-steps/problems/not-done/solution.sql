SELECT id AS visit_id, status
FROM visit
WHERE status IS DISTINCT FROM 'done';
