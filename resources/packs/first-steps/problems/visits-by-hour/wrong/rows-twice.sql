-- Both columns count rows.
SELECT extract(hour FROM starts_at)::integer AS hour, count(*) AS visits, count(*) AS on_the_clock
FROM visit
GROUP BY 1
ORDER BY 1;
