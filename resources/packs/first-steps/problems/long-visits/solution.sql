SELECT id AS visit_id, minutes
FROM visit
WHERE minutes > 45;
