-- Missing minutes are taken for a missing visit.
SELECT id AS visit_id, status
FROM visit
WHERE minutes IS NULL;
