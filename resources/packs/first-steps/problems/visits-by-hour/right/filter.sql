-- The second count is a count of rows with a filter.
SELECT extract(hour FROM starts_at)::integer AS hour, count(*) AS visits,
       count(*) FILTER (WHERE minutes IS NOT NULL) AS on_the_clock
FROM visit
GROUP BY 1
ORDER BY 1;
