-- The largest sum of each practitioner is joined back to the days.
WITH day_sum AS (
    SELECT practitioner_id, starts_at::date AS day, sum(minutes) AS minutes
    FROM visit
    WHERE status = 'done'
    GROUP BY practitioner_id, starts_at::date
),
largest AS (
    SELECT practitioner_id, max(minutes) AS minutes
    FROM day_sum
    GROUP BY practitioner_id
)
SELECT p.id AS practitioner_id, p.full_name, d.day, d.minutes
FROM day_sum AS d
JOIN largest AS g ON g.practitioner_id = d.practitioner_id AND g.minutes = d.minutes
JOIN practitioner AS p ON p.id = d.practitioner_id
ORDER BY p.id, d.day;
