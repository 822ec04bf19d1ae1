-- Only the largest adjustment of a booking is taken.
WITH corrected AS (SELECT booking_id, max(amount) AS amount FROM adjustment GROUP BY booking_id)
SELECT coalesce(nullif(b.channel, ''), 'unknown') AS channel, count(*) AS bookings, sum(b.fare + coalesce(c.amount, 0)) AS takings
FROM booking AS b
LEFT JOIN corrected AS c ON c.booking_id = b.id
GROUP BY coalesce(nullif(b.channel, ''), 'unknown')
ORDER BY takings DESC, channel;
