SELECT s.id AS sailing_id, v.name AS vessel, v.seats - coalesce(sum(b.seats), 0) AS seats_left
FROM sailing AS s
JOIN vessel AS v ON v.id = s.vessel_id
LEFT JOIN booking AS b ON b.sailing_id = s.id
WHERE NOT s.cancelled
  AND s.departs_at >= TIMESTAMP '2024-02-29 00:00'
  AND s.departs_at < TIMESTAMP '2024-03-01 00:00'
GROUP BY s.id, v.name, v.seats
ORDER BY seats_left DESC;
