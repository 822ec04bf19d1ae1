-- The comparison is read from the other side.
SELECT v.id AS visit_id, v.minutes
FROM visit AS v
WHERE 45 < v.minutes;
