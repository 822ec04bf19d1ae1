-- The same join read from the other side.
SELECT p.id AS practitioner_id, p.full_name, count(v.status) AS done
FROM visit AS v
RIGHT JOIN practitioner AS p ON p.id = v.practitioner_id AND v.status = 'done'
GROUP BY p.id, p.full_name
ORDER BY count(v.status) DESC, p.id;
