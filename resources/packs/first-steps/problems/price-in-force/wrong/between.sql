-- On the day of change two prices hold.
SELECT r.meter_id, r.read_at, m.kind, t.price
FROM reading AS r
JOIN meter AS m ON m.id = r.meter_id
LEFT JOIN tariff AS t ON t.kind = m.kind
                     AND r.read_at::date BETWEEN t.valid_from AND coalesce(t.valid_to, 'infinity')
WHERE r.source = 'visit'
ORDER BY r.meter_id, r.read_at, t.price;
