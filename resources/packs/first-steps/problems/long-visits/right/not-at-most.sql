-- The opposite is denied, and unknown minutes stay out all the same.
SELECT id AS visit_id, minutes
FROM visit
WHERE NOT minutes <= 45;
