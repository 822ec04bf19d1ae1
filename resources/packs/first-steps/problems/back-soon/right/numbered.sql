-- Done visits are numbered and joined to the one before.
WITH done AS (
    SELECT id, patient_id, starts_at::date AS day,
           row_number() OVER (PARTITION BY patient_id ORDER BY starts_at, id) AS place
    FROM visit
    WHERE status = 'done'
)
SELECT b.id AS visit_id, p.full_name, b.day - a.day AS days_since
FROM done AS a
JOIN done AS b ON b.patient_id = a.patient_id AND b.place = a.place + 1
JOIN patient AS p ON p.id = b.patient_id
WHERE b.day <= a.day + 14
ORDER BY days_since, visit_id;
