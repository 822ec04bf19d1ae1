-- The fullest hour comes first.
SELECT extract(hour FROM starts_at)::integer AS hour, count(*) AS visits, count(minutes) AS on_the_clock
FROM visit
GROUP BY 1
ORDER BY visits DESC, hour;
