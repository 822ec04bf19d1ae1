-- NOT does not bring the unknown ones back.
SELECT id AS visit_id, status
FROM visit
WHERE NOT (status = 'done');
