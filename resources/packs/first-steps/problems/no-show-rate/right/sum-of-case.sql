-- Ones are summed and divided as numerics.
SELECT p.id AS practitioner_id, p.full_name, count(*) AS decided,
       round(sum(CASE WHEN v.status = 'no-show' THEN 1 ELSE 0 END)::numeric / count(*) * 100, 1) AS no_show_percent
FROM practitioner AS p
JOIN visit AS v ON v.practitioner_id = p.id AND v.status IN ('done', 'no-show')
GROUP BY p.id, p.full_name
HAVING count(*) >= 5
ORDER BY 4 DESC, 1;
