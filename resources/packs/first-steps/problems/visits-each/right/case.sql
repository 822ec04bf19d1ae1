-- Ones and noughts are summed.
SELECT p.id AS practitioner_id, p.full_name, sum(CASE WHEN v.status = 'done' THEN 1 ELSE 0 END) AS done
FROM practitioner AS p
LEFT JOIN visit AS v ON v.practitioner_id = p.id
GROUP BY p.id, p.full_name
ORDER BY done DESC, practitioner_id;
