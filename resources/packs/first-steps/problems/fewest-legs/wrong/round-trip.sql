-- Havnes itself is reached by going away and coming back.
WITH RECURSIVE reach AS (
    SELECT to_port::text AS port, 1 AS legs
    FROM sailing
    WHERE from_port = 'HAV' AND NOT cancelled
    UNION
    SELECT s.to_port::text, reach.legs + 1
    FROM reach
    JOIN sailing AS s ON s.from_port = reach.port AND NOT s.cancelled
    WHERE reach.legs < 8
)
SELECT p.code AS port, min(reach.legs) AS legs
FROM port AS p
LEFT JOIN reach ON reach.port = p.code
GROUP BY p.code
ORDER BY port;
