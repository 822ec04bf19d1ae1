-- The ends are compared as moments.
SELECT r.meter_id, r.read_at, m.kind, t.price
FROM reading AS r
JOIN meter AS m ON m.id = r.meter_id
LEFT JOIN tariff AS t ON t.kind = m.kind
                     AND r.read_at >= t.valid_from::timestamp AT TIME ZONE 'UTC'
                     AND (t.valid_to IS NULL OR r.read_at < t.valid_to::timestamp AT TIME ZONE 'UTC')
WHERE r.source = 'visit'
ORDER BY r.meter_id, r.read_at;
