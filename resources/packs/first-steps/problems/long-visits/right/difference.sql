-- What is over the plan is positive.
SELECT id AS visit_id, minutes
FROM visit
WHERE minutes - 45 > 0;
