-- The span is written out, and bool_or looks for a missing price.
WITH step AS (
    SELECT k.meter_id, k.day, CASE WHEN k.value >= k.before THEN k.value - k.before ELSE k.value END AS used
    FROM (
        SELECT meter_id, (read_at AT TIME ZONE 'UTC')::date AS day, value,
               lag(value) OVER (PARTITION BY meter_id ORDER BY read_at) AS before
        FROM reading
        WHERE value IS NOT NULL
    ) AS k
    WHERE k.before IS NOT NULL
),
priced AS (
    SELECT s.name AS site, m.kind, step.used, t.price
    FROM step
    JOIN meter AS m ON m.id = step.meter_id
    JOIN site AS s ON s.id = m.site_id
    LEFT JOIN tariff AS t ON t.kind = m.kind
                         AND step.day >= t.valid_from
                         AND (step.day < t.valid_to OR t.valid_to IS NULL)
)
SELECT site, kind, sum(used) AS used, CASE WHEN NOT bool_or(price IS NULL) THEN round(sum(used * price), 2) END AS cost
FROM priced
GROUP BY site, kind
ORDER BY site, kind;
