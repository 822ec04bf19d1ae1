WITH RECURSIVE route AS (
    SELECT DISTINCT from_port, to_port
    FROM sailing
    WHERE NOT cancelled
),
reach AS (
    SELECT code AS port, 0 AS legs
    FROM port
    WHERE code = 'HAV'
    UNION
    SELECT r.to_port, reach.legs + 1
    FROM reach
    JOIN route AS r ON r.from_port = reach.port
    WHERE reach.legs < (SELECT count(*) FROM port)
)
SELECT p.code AS port, min(reach.legs) AS legs
FROM port AS p
LEFT JOIN reach ON reach.port = p.code
GROUP BY p.code
ORDER BY port;
