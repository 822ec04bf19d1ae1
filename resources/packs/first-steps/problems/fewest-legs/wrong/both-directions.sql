-- Every route is taken for one that goes both ways.
WITH RECURSIVE route AS (
    SELECT from_port, to_port FROM sailing WHERE NOT cancelled
    UNION
    SELECT to_port, from_port FROM sailing WHERE NOT cancelled
),
reach AS (
    SELECT 'HAV'::text AS port, 0 AS legs
    UNION
    SELECT r.to_port::text, reach.legs + 1
    FROM reach
    JOIN route AS r ON r.from_port = reach.port
    WHERE reach.legs < 8
)
SELECT p.code AS port, min(reach.legs) AS legs
FROM port AS p
LEFT JOIN reach ON reach.port = p.code
GROUP BY p.code
ORDER BY port;
