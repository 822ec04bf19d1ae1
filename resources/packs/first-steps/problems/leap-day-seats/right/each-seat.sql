-- NULL seats are made 0 one by one.
SELECT s.id AS sailing_id, v.name AS vessel, v.seats - sum(coalesce(b.seats, 0)) AS seats_left
FROM vessel AS v
JOIN sailing AS s ON s.vessel_id = v.id
LEFT JOIN booking AS b ON s.id = b.sailing_id
WHERE s.cancelled IS FALSE
  AND to_char(s.departs_at, 'YYYY-MM-DD') = '2024-02-29'
GROUP BY s.id, v.id
ORDER BY v.seats - sum(coalesce(b.seats, 0)) DESC, s.id;
