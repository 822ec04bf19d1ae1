-- Sums and counts are compared instead of an average.
WITH line AS (
    SELECT b.id, b.passenger, b.fare, s.from_port || '-' || s.to_port AS route
    FROM booking AS b
    JOIN sailing AS s ON s.id = b.sailing_id
)
SELECT a.id AS booking_id, a.passenger, a.fare
FROM line AS a
JOIN line AS o ON o.route = a.route
GROUP BY a.id, a.passenger, a.fare
HAVING a.fare * count(*) > sum(o.fare)
ORDER BY a.fare DESC, a.id;
