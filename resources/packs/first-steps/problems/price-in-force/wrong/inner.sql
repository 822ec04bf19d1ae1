-- Readings without a price are lost.
SELECT r.meter_id, r.read_at, m.kind, t.price
FROM reading AS r
JOIN meter AS m ON m.id = r.meter_id
JOIN tariff AS t ON t.kind = m.kind
                AND r.read_at::date >= t.valid_from
                AND (r.read_at::date < t.valid_to OR t.valid_to IS NULL)
WHERE r.source = 'visit'
ORDER BY r.meter_id, r.read_at;
