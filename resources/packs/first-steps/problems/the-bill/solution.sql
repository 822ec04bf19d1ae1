WITH known AS (
    SELECT meter_id, read_at::date AS day, value, lag(value) OVER (PARTITION BY meter_id ORDER BY read_at) AS before
    FROM reading
    WHERE value IS NOT NULL
),
step AS (
    SELECT meter_id, day, CASE WHEN value < before THEN value ELSE value - before END AS used
    FROM known
    WHERE before IS NOT NULL
)
SELECT s.name AS site, m.kind, sum(step.used) AS used,
       CASE WHEN count(t.price) = count(*) THEN round(sum(step.used * t.price), 2) END AS cost
FROM step
JOIN meter AS m ON m.id = step.meter_id
JOIN site AS s ON s.id = m.site_id
LEFT JOIN tariff AS t ON t.kind = m.kind AND daterange(t.valid_from, t.valid_to) @> step.day
GROUP BY s.name, m.kind
ORDER BY site, kind;
