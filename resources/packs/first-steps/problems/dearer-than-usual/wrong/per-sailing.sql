-- Compared with the average of the sailing, not of the route.
SELECT b.id AS booking_id, b.passenger, b.fare
FROM booking AS b
WHERE b.fare > (SELECT avg(o.fare) FROM booking AS o WHERE o.sailing_id = b.sailing_id)
ORDER BY b.fare DESC;
