-- The line is drawn at an hour.
SELECT id AS visit_id, minutes
FROM visit
WHERE minutes >= 60;
