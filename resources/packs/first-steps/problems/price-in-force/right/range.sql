-- A range of dates contains the day.
SELECT r.meter_id, r.read_at, m.kind, t.price
FROM reading AS r
JOIN meter AS m ON m.id = r.meter_id
LEFT JOIN tariff AS t ON t.kind = m.kind AND daterange(t.valid_from, t.valid_to) @> r.read_at::date
WHERE r.source = 'visit'
ORDER BY r.meter_id, r.read_at;
