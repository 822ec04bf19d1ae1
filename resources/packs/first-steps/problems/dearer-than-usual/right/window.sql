-- The average of the route stands beside each booking.
SELECT booking_id, passenger, fare
FROM (
    SELECT b.id AS booking_id, b.passenger, b.fare, avg(b.fare) OVER (PARTITION BY s.from_port, s.to_port) AS usual
    FROM booking AS b
    JOIN sailing AS s ON s.id = b.sailing_id
) AS compared
WHERE fare > usual
ORDER BY fare DESC;
