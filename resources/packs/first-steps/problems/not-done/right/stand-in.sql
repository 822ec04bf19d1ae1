-- NULL is given a stand-in before comparing.
SELECT id AS visit_id, status
FROM visit
WHERE coalesce(status, 'unknown') <> 'done';
