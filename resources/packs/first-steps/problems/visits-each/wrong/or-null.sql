-- Practitioners whose visits came to nothing are still lost.
SELECT p.id AS practitioner_id, p.full_name, count(v.id) AS done
FROM practitioner AS p
LEFT JOIN visit AS v ON v.practitioner_id = p.id
WHERE v.status = 'done' OR v.id IS NULL
GROUP BY p.id, p.full_name
ORDER BY done DESC, practitioner_id;
