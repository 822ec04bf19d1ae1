-- All estimates of a meter are one run.
SELECT meter_id, min(read_at) AS first_at, max(read_at) AS last_at, count(*) AS readings
FROM reading
WHERE source = 'estimate'
GROUP BY meter_id
HAVING count(*) >= 2
ORDER BY meter_id, first_at;
