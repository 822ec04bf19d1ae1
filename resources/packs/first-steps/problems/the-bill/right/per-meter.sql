-- Summed per meter first, and per site after.
WITH step AS (
    SELECT r.meter_id, r.read_at::date AS day,
           r.value - CASE WHEN r.value >= b.value THEN b.value ELSE 0 END AS used
    FROM reading AS r
    CROSS JOIN LATERAL (
        SELECT p.value
        FROM reading AS p
        WHERE p.meter_id = r.meter_id AND p.read_at < r.read_at AND p.value IS NOT NULL
        ORDER BY p.read_at DESC
        LIMIT 1
    ) AS b
    WHERE r.value IS NOT NULL
),
bill AS (
    SELECT m.site_id, m.kind, step.meter_id, sum(step.used) AS used, sum(step.used * t.price) AS cost,
           count(*) - count(t.price) AS unpriced
    FROM step
    JOIN meter AS m ON m.id = step.meter_id
    LEFT JOIN tariff AS t ON t.kind = m.kind AND daterange(t.valid_from, t.valid_to, '[)') @> step.day
    GROUP BY m.site_id, m.kind, step.meter_id
)
SELECT s.name AS site, bill.kind, sum(bill.used) AS used,
       CASE WHEN sum(unpriced) = 0 THEN round(sum(bill.cost), 2) END AS cost
FROM bill
JOIN site AS s ON s.id = bill.site_id
GROUP BY s.name, bill.kind
ORDER BY s.name, bill.kind;
