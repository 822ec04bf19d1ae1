-- Known readings are numbered and joined; the price comes from a subquery.
WITH known AS (
    SELECT meter_id, read_at, value, row_number() OVER (PARTITION BY meter_id ORDER BY read_at) AS place
    FROM reading
    WHERE value IS NOT NULL
),
step AS (
    SELECT m.site_id, m.kind, CASE WHEN b.value < a.value THEN b.value ELSE b.value - a.value END AS used,
           (SELECT t.price
            FROM tariff AS t
            WHERE t.kind = m.kind
              AND t.valid_from <= b.read_at::date
              AND coalesce(t.valid_to, 'infinity') > b.read_at::date) AS price
    FROM known AS a
    JOIN known AS b ON b.meter_id = a.meter_id AND b.place = a.place + 1
    JOIN meter AS m ON m.id = a.meter_id
)
SELECT s.name AS site, step.kind, sum(used) AS used,
       round(CASE WHEN bool_and(price IS NOT NULL) THEN sum(used * price) END, 2) AS cost
FROM step
JOIN site AS s ON s.id = step.site_id
GROUP BY s.name, step.kind
ORDER BY 1, 2;
