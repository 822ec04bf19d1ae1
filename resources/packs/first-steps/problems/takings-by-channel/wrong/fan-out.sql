-- A fare is added once per adjustment of its booking.
SELECT coalesce(nullif(b.channel, ''), 'unknown') AS channel, count(DISTINCT b.id) AS bookings,
       sum(b.fare) + coalesce(sum(a.amount), 0) AS takings
FROM booking AS b
LEFT JOIN adjustment AS a ON a.booking_id = b.id
GROUP BY coalesce(nullif(b.channel, ''), 'unknown')
ORDER BY takings DESC, channel;
