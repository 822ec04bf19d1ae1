-- All earlier visits are joined, and the nearest is kept.
SELECT v.id AS visit_id, p.full_name, min(v.starts_at::date - e.starts_at::date) AS days_since
FROM visit AS v
JOIN visit AS e ON e.patient_id = v.patient_id AND (e.starts_at, e.id) < (v.starts_at, v.id) AND e.status = 'done'
JOIN patient AS p ON p.id = v.patient_id
WHERE v.status = 'done'
GROUP BY v.id, p.full_name
HAVING min(v.starts_at::date - e.starts_at::date) <= 14
ORDER BY days_since, visit_id;
