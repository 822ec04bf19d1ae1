-- Exactly five visits are too few.
SELECT p.id AS practitioner_id, p.full_name, count(*) AS decided,
       round(100.0 * count(*) FILTER (WHERE v.status = 'no-show') / count(*), 1) AS no_show_percent
FROM practitioner AS p
JOIN visit AS v ON v.practitioner_id = p.id
WHERE v.status IN ('done', 'no-show')
GROUP BY p.id, p.full_name
HAVING count(*) > 5
ORDER BY no_show_percent DESC, practitioner_id;
