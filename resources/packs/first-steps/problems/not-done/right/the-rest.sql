-- The done ones are taken away from all.
SELECT id AS visit_id, status
FROM visit
EXCEPT
SELECT id, status
FROM visit
WHERE status = 'done';
