-- The sum of no bookings is NULL, and so are the seats left.
SELECT s.id AS sailing_id, v.name AS vessel, v.seats - sum(b.seats) AS seats_left
FROM sailing AS s
JOIN vessel AS v ON v.id = s.vessel_id
LEFT JOIN booking AS b ON b.sailing_id = s.id
WHERE NOT s.cancelled
  AND s.departs_at >= '2024-02-29' AND s.departs_at < '2024-03-01'
GROUP BY s.id, v.name, v.seats
ORDER BY seats_left DESC NULLS LAST;
