-- Where there is no adjustment the sum is NULL, and sum() passes over it.
WITH corrected AS (SELECT booking_id, sum(amount) AS amount FROM adjustment GROUP BY booking_id)
SELECT coalesce(nullif(b.channel, ''), 'unknown') AS channel, count(*) AS bookings, sum(b.fare + c.amount) AS takings
FROM booking AS b
LEFT JOIN corrected AS c ON c.booking_id = b.id
GROUP BY coalesce(nullif(b.channel, ''), 'unknown')
ORDER BY takings DESC, channel;
