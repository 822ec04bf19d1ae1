WITH usual AS (
    SELECT s.from_port, s.to_port, avg(b.fare) AS fare
    FROM booking AS b
    JOIN sailing AS s ON s.id = b.sailing_id
    GROUP BY s.from_port, s.to_port
)
SELECT b.id AS booking_id, b.passenger, b.fare
FROM booking AS b
JOIN sailing AS s ON s.id = b.sailing_id
JOIN usual AS u ON u.from_port = s.from_port AND u.to_port = s.to_port
WHERE b.fare > u.fare
ORDER BY b.fare DESC;
