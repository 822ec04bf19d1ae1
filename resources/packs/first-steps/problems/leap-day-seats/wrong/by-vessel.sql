-- Sailings of one boat are added up, as if the boat left once.
SELECT min(s.id) AS sailing_id, v.name AS vessel, v.seats - coalesce(sum(b.seats), 0) AS seats_left
FROM sailing AS s
JOIN vessel AS v ON v.id = s.vessel_id
LEFT JOIN booking AS b ON b.sailing_id = s.id
WHERE NOT s.cancelled
  AND s.departs_at >= '2024-02-29' AND s.departs_at < '2024-03-01'
GROUP BY v.name, v.seats
ORDER BY seats_left DESC;
