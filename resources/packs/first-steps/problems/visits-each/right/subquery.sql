-- A subquery counts for each practitioner.
SELECT p.id AS practitioner_id, p.full_name,
       (SELECT count(*) FROM visit AS v WHERE v.practitioner_id = p.id AND v.status = 'done') AS done
FROM practitioner AS p
ORDER BY done DESC, p.id;
