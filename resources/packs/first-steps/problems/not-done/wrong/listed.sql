-- NULL cannot be found in a list.
SELECT id AS visit_id, status
FROM visit
WHERE status IN ('no-show', 'cancelled', 'booked', NULL);
