-- The condition in WHERE drops those who have done nothing.
SELECT p.id AS practitioner_id, p.full_name, count(v.id) AS done
FROM practitioner AS p
LEFT JOIN visit AS v ON v.practitioner_id = p.id
WHERE v.status = 'done'
GROUP BY p.id, p.full_name
ORDER BY done DESC, practitioner_id;
