-- lag sees the visits that came to nothing.
WITH every AS (
    SELECT id, patient_id, status,
           starts_at::date - lag(starts_at::date) OVER (PARTITION BY patient_id ORDER BY starts_at, id) AS days_since
    FROM visit
)
SELECT d.id AS visit_id, p.full_name, d.days_since
FROM every AS d
JOIN patient AS p ON p.id = d.patient_id
WHERE d.days_since <= 14 AND d.status = 'done'
ORDER BY d.days_since, visit_id;
