-- The open end is infinitely late.
SELECT r.meter_id, r.read_at, m.kind, t.price
FROM meter AS m
JOIN reading AS r ON r.meter_id = m.id AND r.source = 'visit'
LEFT JOIN tariff AS t ON t.kind = m.kind
                     AND r.read_at::date BETWEEN t.valid_from AND coalesce(t.valid_to, 'infinity') - 1
ORDER BY 1, 2;
