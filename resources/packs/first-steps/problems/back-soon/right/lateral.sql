-- The visit before is joined laterally.
SELECT v.id AS visit_id, p.full_name, v.starts_at::date - b.day AS days_since
FROM visit AS v
JOIN patient AS p ON p.id = v.patient_id
CROSS JOIN LATERAL (
    SELECT max(e.starts_at::date) AS day
    FROM visit AS e
    WHERE e.patient_id = v.patient_id
      AND e.status = 'done'
      AND (e.starts_at < v.starts_at OR (e.starts_at = v.starts_at AND e.id < v.id))
) AS b
WHERE v.status = 'done'
  AND v.starts_at::date - b.day <= 14
ORDER BY days_since, visit_id;
