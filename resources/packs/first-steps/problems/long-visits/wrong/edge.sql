-- Visits of exactly 45 minutes are listed.
SELECT id AS visit_id, minutes
FROM visit
WHERE minutes >= 45;
