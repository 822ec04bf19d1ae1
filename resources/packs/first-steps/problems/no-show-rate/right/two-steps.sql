-- Counting and reckoning in two steps.
WITH counted AS (
    SELECT practitioner_id, count(*) FILTER (WHERE status IN ('done', 'no-show')) AS decided,
           count(*) FILTER (WHERE status = 'no-show') AS missed
    FROM visit
    GROUP BY practitioner_id
)
SELECT p.id AS practitioner_id, p.full_name, c.decided, round(missed * 100.0 / decided, 1) AS no_show_percent
FROM counted AS c
JOIN practitioner AS p ON p.id = c.practitioner_id
WHERE c.decided >= 5
ORDER BY no_show_percent DESC, practitioner_id;
