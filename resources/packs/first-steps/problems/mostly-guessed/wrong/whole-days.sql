-- The week is counted in dates.
SELECT r.meter_id, r.read_at, count(*) AS readings, count(*) FILTER (WHERE w.source = 'estimate') AS estimates
FROM reading AS r
JOIN reading AS w ON w.meter_id = r.meter_id AND w.read_at <= r.read_at AND w.read_at::date > r.read_at::date - 7
GROUP BY r.meter_id, r.read_at
HAVING count(*) FILTER (WHERE w.source = 'estimate') * 2 > count(*)
ORDER BY r.meter_id, r.read_at;
