-- Bookings whose channel is NULL are lost.
SELECT p.code AS port,
       coalesce(sum(b.seats) FILTER (WHERE b.channel = 'web'), 0) AS web,
       coalesce(sum(b.seats) FILTER (WHERE b.channel = 'phone'), 0) AS phone,
       coalesce(sum(b.seats) FILTER (WHERE b.channel = 'kiosk'), 0) AS kiosk,
       coalesce(sum(b.seats) FILTER (WHERE b.channel NOT IN ('web', 'phone', 'kiosk')), 0) AS other
FROM port AS p
LEFT JOIN sailing AS s ON s.from_port = p.code
LEFT JOIN booking AS b ON b.sailing_id = s.id
GROUP BY p.code
ORDER BY port;
