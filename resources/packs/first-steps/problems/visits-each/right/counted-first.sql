-- Visits are counted per practitioner before they are joined.
WITH counted AS (
    SELECT practitioner_id, count(*) AS done
    FROM visit
    WHERE status = 'done'
    GROUP BY practitioner_id
)
SELECT p.id AS practitioner_id, p.full_name, coalesce(c.done, 0) AS done
FROM practitioner AS p
LEFT JOIN counted AS c ON c.practitioner_id = p.id
ORDER BY coalesce(c.done, 0) DESC, p.id;
