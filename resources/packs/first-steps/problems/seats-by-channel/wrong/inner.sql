-- Ports without bookings are lost.
SELECT s.from_port AS port,
       coalesce(sum(b.seats) FILTER (WHERE b.channel = 'web'), 0) AS web,
       coalesce(sum(b.seats) FILTER (WHERE b.channel = 'phone'), 0) AS phone,
       coalesce(sum(b.seats) FILTER (WHERE b.channel = 'kiosk'), 0) AS kiosk,
       coalesce(sum(b.seats) FILTER (WHERE b.channel IS NULL OR b.channel NOT IN ('web', 'phone', 'kiosk')), 0) AS other
FROM sailing AS s
JOIN booking AS b ON b.sailing_id = s.id
GROUP BY s.from_port
ORDER BY port;
