-- A subquery for each column.
WITH sold AS (
    SELECT s.from_port, b.seats, CASE WHEN b.channel IN ('web', 'phone', 'kiosk') THEN b.channel ELSE 'other' END AS channel
    FROM booking AS b
    JOIN sailing AS s ON s.id = b.sailing_id
)
SELECT p.code AS port,
       coalesce((SELECT sum(seats) FROM sold WHERE from_port = p.code AND channel = 'web'), 0) AS web,
       coalesce((SELECT sum(seats) FROM sold WHERE from_port = p.code AND channel = 'phone'), 0) AS phone,
       coalesce((SELECT sum(seats) FROM sold WHERE from_port = p.code AND channel = 'kiosk'), 0) AS kiosk,
       coalesce((SELECT sum(seats) FROM sold WHERE from_port = p.code AND channel = 'other'), 0) AS other
FROM port AS p
ORDER BY p.code;
