-- Visits without minutes are listed.
SELECT id AS visit_id, minutes
FROM visit
WHERE minutes > 45 OR minutes IS NULL;
