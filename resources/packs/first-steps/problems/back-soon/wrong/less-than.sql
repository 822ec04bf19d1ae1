-- Exactly fourteen days are left out.
WITH done AS (
    SELECT id, patient_id,
           starts_at::date - lag(starts_at::date) OVER (PARTITION BY patient_id ORDER BY starts_at, id) AS days_since
    FROM visit
    WHERE status = 'done'
)
SELECT d.id AS visit_id, p.full_name, d.days_since
FROM done AS d
JOIN patient AS p ON p.id = d.patient_id
WHERE d.days_since < 14
ORDER BY d.days_since, visit_id;
