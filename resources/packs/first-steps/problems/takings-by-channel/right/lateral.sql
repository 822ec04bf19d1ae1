-- The adjustments of each booking are joined laterally.
SELECT coalesce(nullif(b.channel, ''), 'unknown') AS channel, count(b.id) AS bookings, sum(b.fare) + sum(x.amount) AS takings
FROM booking AS b
CROSS JOIN LATERAL (SELECT coalesce(sum(a.amount), 0) AS amount FROM adjustment AS a WHERE a.booking_id = b.id) AS x
GROUP BY 1
ORDER BY 3 DESC, 1;
