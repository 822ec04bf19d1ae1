SELECT extract(hour FROM starts_at)::integer AS hour, count(*) AS visits, count(minutes) AS on_the_clock
FROM visit
GROUP BY extract(hour FROM starts_at)
ORDER BY hour;
