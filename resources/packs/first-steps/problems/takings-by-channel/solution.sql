WITH corrected AS (
    SELECT booking_id, sum(amount) AS amount
    FROM adjustment
    GROUP BY booking_id
),
sale AS (
    SELECT coalesce(nullif(b.channel, ''), 'unknown') AS channel, b.fare + coalesce(c.amount, 0) AS money
    FROM booking AS b
    LEFT JOIN corrected AS c ON c.booking_id = b.id
)
SELECT channel, count(*) AS bookings, sum(money) AS takings
FROM sale
GROUP BY channel
ORDER BY takings DESC, channel;
