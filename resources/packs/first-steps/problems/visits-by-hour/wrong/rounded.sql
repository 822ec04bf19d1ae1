-- A visit after half past belongs to the next hour.
SELECT extract(hour FROM starts_at + INTERVAL '30 minutes')::integer AS hour, count(*) AS visits,
       count(minutes) AS on_the_clock
FROM visit
GROUP BY 1
ORDER BY 1;
