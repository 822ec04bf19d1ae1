-- The hours of different days are kept apart.
SELECT extract(hour FROM date_trunc('hour', starts_at))::integer AS hour, count(*) AS visits,
       count(minutes) AS on_the_clock
FROM visit
GROUP BY date_trunc('hour', starts_at)
ORDER BY 1;
