-- Fares and adjustments are summed apart, per channel.
WITH named AS (
    SELECT id, fare, coalesce(nullif(channel, ''), 'unknown') AS channel
    FROM booking
),
fares AS (
    SELECT channel, count(*) AS bookings, sum(fare) AS fare FROM named GROUP BY channel
),
changes AS (
    SELECT n.channel, sum(a.amount) AS amount
    FROM named AS n
    JOIN adjustment AS a ON a.booking_id = n.id
    GROUP BY n.channel
)
SELECT f.channel, f.bookings, f.fare + coalesce(c.amount, 0) AS takings
FROM fares AS f
LEFT JOIN changes AS c ON c.channel = f.channel
ORDER BY takings DESC, f.channel;
