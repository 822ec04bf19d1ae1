-- Both columns count the visits with minutes.
SELECT extract(hour FROM starts_at)::integer AS hour, count(minutes) AS visits, count(minutes) AS on_the_clock
FROM visit
GROUP BY 1
ORDER BY 1;
