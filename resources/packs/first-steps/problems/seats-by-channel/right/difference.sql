-- Other is all seats less the three.
WITH seats AS (
    SELECT s.from_port, sum(b.seats) AS every, sum(b.seats) FILTER (WHERE b.channel = 'web') AS web,
           sum(b.seats) FILTER (WHERE b.channel = 'phone') AS phone, sum(b.seats) FILTER (WHERE b.channel = 'kiosk') AS kiosk
    FROM sailing AS s
    JOIN booking AS b ON b.sailing_id = s.id
    GROUP BY s.from_port
)
SELECT p.code AS port, coalesce(web, 0) AS web, coalesce(phone, 0) AS phone, coalesce(kiosk, 0) AS kiosk,
       coalesce(every, 0) - coalesce(web, 0) - coalesce(phone, 0) - coalesce(kiosk, 0) AS other
FROM port AS p
LEFT JOIN seats ON seats.from_port = p.code
ORDER BY 1;
