-- What is not known to be one of the three is other.
SELECT p.code AS port,
       coalesce(sum(b.seats) FILTER (WHERE b.channel = 'web'), 0) AS web,
       coalesce(sum(b.seats) FILTER (WHERE b.channel = 'phone'), 0) AS phone,
       coalesce(sum(b.seats) FILTER (WHERE b.channel = 'kiosk'), 0) AS kiosk,
       coalesce(sum(b.seats) FILTER (WHERE (b.channel IN ('web', 'phone', 'kiosk')) IS NOT TRUE), 0) AS other
FROM booking AS b
JOIN sailing AS s ON s.id = b.sailing_id
RIGHT JOIN port AS p ON p.code = s.from_port
GROUP BY p.code
ORDER BY p.code;
