-- No other day of the same practitioner has more.
WITH day_sum AS (
    SELECT practitioner_id, starts_at::date AS day, sum(minutes) AS minutes
    FROM visit
    WHERE status = 'done'
    GROUP BY 1, 2
    HAVING sum(minutes) IS NOT NULL
)
SELECT p.id AS practitioner_id, p.full_name, d.day, d.minutes
FROM day_sum AS d
JOIN practitioner AS p ON p.id = d.practitioner_id
WHERE NOT EXISTS (
    SELECT 1 FROM day_sum AS more WHERE more.practitioner_id = d.practitioner_id AND more.minutes > d.minutes
)
ORDER BY practitioner_id, day;
