WITH day_sum AS (
    SELECT practitioner_id, starts_at::date AS day, sum(minutes) AS minutes,
           rank() OVER (PARTITION BY practitioner_id ORDER BY sum(minutes) DESC) AS place
    FROM visit
    WHERE status = 'done'
      AND minutes IS NOT NULL
    GROUP BY practitioner_id, starts_at::date
)
SELECT p.id AS practitioner_id, p.full_name, d.day, d.minutes
FROM day_sum AS d
JOIN practitioner AS p ON p.id = d.practitioner_id
WHERE d.place = 1
ORDER BY practitioner_id, d.day;
