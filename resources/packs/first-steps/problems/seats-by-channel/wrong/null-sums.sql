-- No seats are NULL.
SELECT p.code AS port,
       sum(b.seats) FILTER (WHERE b.channel = 'web') AS web,
       sum(b.seats) FILTER (WHERE b.channel = 'phone') AS phone,
       sum(b.seats) FILTER (WHERE b.channel = 'kiosk') AS kiosk,
       sum(b.seats) FILTER (WHERE b.channel IS NULL OR b.channel NOT IN ('web', 'phone', 'kiosk')) AS other
FROM port AS p
LEFT JOIN sailing AS s ON s.from_port = p.code
LEFT JOIN booking AS b ON b.sailing_id = s.id
GROUP BY p.code
ORDER BY port;
