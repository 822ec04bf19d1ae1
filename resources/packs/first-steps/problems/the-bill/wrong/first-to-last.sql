-- The last value less the first is taken for the use.
WITH span AS (
    SELECT meter_id, max(read_at)::date AS day, max(value) - min(value) AS used
    FROM reading
    WHERE value IS NOT NULL
    GROUP BY meter_id
    HAVING count(*) > 1
)
SELECT s.name AS site, m.kind, sum(span.used) AS used,
       CASE WHEN count(t.price) = count(*) THEN round(sum(span.used * t.price), 2) END AS cost
FROM span
JOIN meter AS m ON m.id = span.meter_id
JOIN site AS s ON s.id = m.site_id
LEFT JOIN tariff AS t ON t.kind = m.kind AND daterange(t.valid_from, t.valid_to) @> span.day
GROUP BY s.name, m.kind
ORDER BY site, kind;
