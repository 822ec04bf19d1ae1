-- The five may be visits of any status.
SELECT p.id AS practitioner_id, p.full_name, count(*) FILTER (WHERE v.status IN ('done', 'no-show')) AS decided,
       round(100.0 * count(*) FILTER (WHERE v.status = 'no-show')
             / nullif(count(*) FILTER (WHERE v.status IN ('done', 'no-show')), 0), 1) AS no_show_percent
FROM practitioner AS p
JOIN visit AS v ON v.practitioner_id = p.id
GROUP BY p.id, p.full_name
HAVING count(*) >= 5
ORDER BY no_show_percent DESC, practitioner_id;
