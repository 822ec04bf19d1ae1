-- Sums over CASE.
SELECT p.code AS port,
       sum(CASE WHEN b.channel = 'web' THEN b.seats ELSE 0 END) AS web,
       sum(CASE WHEN b.channel = 'phone' THEN b.seats ELSE 0 END) AS phone,
       sum(CASE WHEN b.channel = 'kiosk' THEN b.seats ELSE 0 END) AS kiosk,
       sum(CASE WHEN b.channel IN ('web', 'phone', 'kiosk') THEN 0 ELSE coalesce(b.seats, 0) END) AS other
FROM port AS p
LEFT JOIN sailing AS s ON s.from_port = p.code
LEFT JOIN booking AS b ON b.sailing_id = s.id
GROUP BY p.code
ORDER BY p.code;
