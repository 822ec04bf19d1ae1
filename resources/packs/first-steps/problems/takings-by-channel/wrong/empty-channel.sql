-- The empty channel is a line of its own.
WITH corrected AS (SELECT booking_id, sum(amount) AS amount FROM adjustment GROUP BY booking_id)
SELECT coalesce(b.channel, 'unknown') AS channel, count(*) AS bookings, sum(b.fare + coalesce(c.amount, 0)) AS takings
FROM booking AS b
LEFT JOIN corrected AS c ON c.booking_id = b.id
GROUP BY coalesce(b.channel, 'unknown')
ORDER BY takings DESC, channel;
