-- A scalar subquery fetches the price.
SELECT r.meter_id, r.read_at, m.kind,
       (SELECT t.price
        FROM tariff AS t
        WHERE t.kind = m.kind
          AND t.valid_from <= r.read_at::date
          AND coalesce(t.valid_to > r.read_at::date, true)) AS price
FROM reading AS r
JOIN meter AS m ON m.id = r.meter_id
WHERE r.source = 'visit'
ORDER BY r.meter_id, r.read_at;
