-- Bookings are summed before they are joined.
WITH booked AS (
    SELECT sailing_id, sum(seats) AS seats
    FROM booking
    GROUP BY sailing_id
)
SELECT s.id AS sailing_id, v.name AS vessel, v.seats - coalesce(b.seats, 0) AS seats_left
FROM sailing AS s
JOIN vessel AS v ON v.id = s.vessel_id
LEFT JOIN booked AS b ON b.sailing_id = s.id
WHERE date_trunc('day', s.departs_at) = TIMESTAMP '2024-02-29'
  AND s.cancelled = false
ORDER BY 3 DESC;
