-- The hour is read from the written time.
SELECT to_char(starts_at, 'HH24')::integer AS hour, count(*) AS visits,
       sum(CASE WHEN minutes IS NULL THEN 0 ELSE 1 END) AS on_the_clock
FROM visit
GROUP BY to_char(starts_at, 'HH24')
ORDER BY hour;
