-- The hour is worked out first and grouped by its name.
SELECT hour, count(*) AS visits, count(minutes) AS on_the_clock
FROM (SELECT extract(hour FROM starts_at)::integer AS hour, minutes FROM visit) AS v
GROUP BY hour
ORDER BY hour;
