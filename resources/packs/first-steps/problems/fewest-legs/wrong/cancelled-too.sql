-- Cancelled sailings are taken for possible.
WITH RECURSIVE reach AS (
    SELECT 'HAV'::text AS port, 0 AS legs
    UNION
    SELECT s.to_port::text, reach.legs + 1
    FROM reach
    JOIN sailing AS s ON s.from_port = reach.port
    WHERE reach.legs < 8
)
SELECT p.code AS port, min(reach.legs) AS legs
FROM port AS p
LEFT JOIN reach ON reach.port = p.code
GROUP BY p.code
ORDER BY port;
