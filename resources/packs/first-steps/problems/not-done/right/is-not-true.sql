-- The comparison is not true: it is false or unknown.
SELECT id AS visit_id, status
FROM visit
WHERE (status = 'done') IS NOT TRUE;
