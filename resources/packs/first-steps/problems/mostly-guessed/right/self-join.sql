-- Each reading is joined to the readings of its week.
SELECT r.meter_id, r.read_at, count(*) AS readings, count(*) FILTER (WHERE w.source = 'estimate') AS estimates
FROM reading AS r
JOIN reading AS w ON w.meter_id = r.meter_id
                 AND w.read_at BETWEEN r.read_at - INTERVAL '7 days' AND r.read_at
GROUP BY r.meter_id, r.read_at
HAVING count(*) FILTER (WHERE w.source = 'estimate') * 2 > count(*)
ORDER BY r.meter_id, r.read_at;
