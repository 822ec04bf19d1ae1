-- The adjustments are summed for each booking.
SELECT coalesce(nullif(channel, ''), 'unknown') AS channel, count(*) AS bookings,
       sum(fare + coalesce((SELECT sum(a.amount) FROM adjustment AS a WHERE a.booking_id = b.id), 0)) AS takings
FROM booking AS b
GROUP BY 1
ORDER BY takings DESC, 1;
