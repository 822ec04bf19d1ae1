-- Today's price is taken for that day's.
SELECT r.meter_id, r.read_at, m.kind, t.price
FROM reading AS r
JOIN meter AS m ON m.id = r.meter_id
LEFT JOIN tariff AS t ON t.kind = m.kind AND t.valid_to IS NULL
WHERE r.source = 'visit'
ORDER BY r.meter_id, r.read_at;
