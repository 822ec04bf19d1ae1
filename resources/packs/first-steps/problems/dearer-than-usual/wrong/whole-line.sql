-- Compared with the average of all bookings.
SELECT b.id AS booking_id, b.passenger, b.fare
FROM booking AS b
WHERE b.fare > (SELECT avg(fare) FROM booking)
ORDER BY b.fare DESC;
