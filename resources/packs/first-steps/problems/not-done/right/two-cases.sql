-- NULL has a condition of its own.
SELECT id AS visit_id, status
FROM visit
WHERE status <> 'done' OR status IS NULL;
