-- Ports that cannot be reached are left out.
WITH RECURSIVE reach AS (
    SELECT 'HAV'::text AS port, 0 AS legs
    UNION
    SELECT s.to_port::text, reach.legs + 1
    FROM reach
    JOIN sailing AS s ON s.from_port = reach.port AND NOT s.cancelled
    WHERE reach.legs < 8
)
SELECT port, min(legs) AS legs
FROM reach
GROUP BY port
ORDER BY port;
