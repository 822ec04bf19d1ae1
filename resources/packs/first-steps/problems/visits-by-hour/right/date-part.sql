-- The other name of extract.
SELECT date_part('hour', starts_at)::integer AS hour, count(id) AS visits, count(minutes) AS on_the_clock
FROM visit
GROUP BY 1
ORDER BY 1;
