-- Fares and adjustments are put one under the other.
WITH money AS (
    SELECT id AS booking_id, fare AS amount FROM booking
    UNION ALL
    SELECT booking_id, amount FROM adjustment
)
SELECT CASE WHEN b.channel <> '' THEN b.channel ELSE 'unknown' END AS channel,
       count(DISTINCT b.id) AS bookings, sum(m.amount) AS takings
FROM booking AS b
JOIN money AS m ON m.booking_id = b.id
GROUP BY 1
ORDER BY 3 DESC, 1;
