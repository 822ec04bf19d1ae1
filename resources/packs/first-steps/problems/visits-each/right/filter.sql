-- All visits are joined, and the count looks at the done ones only.
SELECT p.id AS practitioner_id, p.full_name, count(*) FILTER (WHERE v.status = 'done') AS done
FROM practitioner AS p
LEFT JOIN visit AS v ON v.practitioner_id = p.id
GROUP BY p.id
ORDER BY 3 DESC, 1;
