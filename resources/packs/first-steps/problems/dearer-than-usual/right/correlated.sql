-- The average is worked out for each booking.
SELECT b.id AS booking_id, b.passenger, b.fare
FROM booking AS b
JOIN sailing AS s ON s.id = b.sailing_id
WHERE b.fare > (
    SELECT avg(o.fare)
    FROM booking AS o
    JOIN sailing AS r ON r.id = o.sailing_id
    WHERE r.from_port = s.from_port AND r.to_port = s.to_port
)
ORDER BY b.fare DESC;
