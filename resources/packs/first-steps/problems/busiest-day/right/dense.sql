-- dense_rank, and unknown sums last.
WITH day_sum AS (
    SELECT practitioner_id, starts_at::date AS day, sum(minutes) AS minutes
    FROM visit
    WHERE status = 'done'
    GROUP BY practitioner_id, starts_at::date
),
placed AS (
    SELECT day_sum.*, dense_rank() OVER (PARTITION BY practitioner_id ORDER BY minutes DESC NULLS LAST) AS place
    FROM day_sum
)
SELECT p.id AS practitioner_id, p.full_name, d.day, d.minutes
FROM placed AS d
JOIN practitioner AS p ON p.id = d.practitioner_id
WHERE d.place = 1 AND d.minutes IS NOT NULL
ORDER BY practitioner_id, d.day;
