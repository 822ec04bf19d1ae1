-- Only visits that took place are counted.
SELECT extract(hour FROM starts_at)::integer AS hour, count(*) AS visits, count(minutes) AS on_the_clock
FROM visit
WHERE status = 'done'
GROUP BY 1
ORDER BY 1;
