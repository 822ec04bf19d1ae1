-- The booked seats are summed for each sailing.
SELECT s.id AS sailing_id, v.name AS vessel,
       v.seats - (SELECT coalesce(sum(b.seats), 0) FROM booking AS b WHERE b.sailing_id = s.id) AS seats_left
FROM sailing AS s
JOIN vessel AS v ON v.id = s.vessel_id
WHERE s.departs_at::date = DATE '2024-02-29'
  AND NOT s.cancelled
ORDER BY seats_left DESC;
