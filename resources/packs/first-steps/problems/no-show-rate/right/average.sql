-- The average of hundreds and noughts.
SELECT p.id AS practitioner_id, p.full_name, count(*) AS decided,
       round(avg(CASE v.status WHEN 'no-show' THEN 100 ELSE 0 END), 1) AS no_show_percent
FROM practitioner AS p
JOIN visit AS v ON v.practitioner_id = p.id
WHERE v.status = 'done' OR v.status = 'no-show'
GROUP BY p.id
HAVING count(*) > 4
ORDER BY no_show_percent DESC, practitioner_id;
