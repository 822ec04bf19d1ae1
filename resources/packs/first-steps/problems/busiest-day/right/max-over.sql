-- The largest sum stands beside each day.
SELECT practitioner_id, full_name, day, minutes
FROM (
    SELECT p.id AS practitioner_id, p.full_name, date_trunc('day', v.starts_at)::date AS day, sum(v.minutes) AS minutes,
           max(sum(v.minutes)) OVER (PARTITION BY p.id) AS largest
    FROM practitioner AS p
    JOIN visit AS v ON v.practitioner_id = p.id AND v.status = 'done'
    GROUP BY p.id, p.full_name, date_trunc('day', v.starts_at)
) AS d
WHERE minutes = largest
ORDER BY practitioner_id, day;
