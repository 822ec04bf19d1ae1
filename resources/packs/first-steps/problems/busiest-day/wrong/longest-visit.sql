-- The longest visit is taken for the busiest day.
WITH placed AS (
    SELECT practitioner_id, starts_at::date AS day, minutes,
           rank() OVER (PARTITION BY practitioner_id ORDER BY minutes DESC) AS place
    FROM visit
    WHERE status = 'done'
      AND minutes IS NOT NULL
)
SELECT p.id AS practitioner_id, p.full_name, d.day, d.minutes
FROM placed AS d
JOIN practitioner AS p ON p.id = d.practitioner_id
WHERE d.place = 1
ORDER BY practitioner_id, d.day;
