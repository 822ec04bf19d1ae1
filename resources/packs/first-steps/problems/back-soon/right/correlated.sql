-- A subquery finds the latest done visit before.
SELECT v.id AS visit_id, p.full_name,
       v.starts_at::date - (SELECT max(e.starts_at)
                            FROM visit AS e
                            WHERE e.patient_id = v.patient_id
                              AND e.status = 'done'
                              AND (e.starts_at, e.id) < (v.starts_at, v.id))::date AS days_since
FROM visit AS v
JOIN patient AS p ON p.id = v.patient_id
WHERE v.status = 'done'
  AND v.starts_at::date - (SELECT max(e.starts_at)
                           FROM visit AS e
                           WHERE e.patient_id = v.patient_id
                             AND e.status = 'done'
                             AND (e.starts_at, e.id) < (v.starts_at, v.id))::date <= 14
ORDER BY 3, 1;
