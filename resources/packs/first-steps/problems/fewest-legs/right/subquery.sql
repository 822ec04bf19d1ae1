-- The smallest number is fetched for each port.
WITH RECURSIVE reach(port, legs) AS (
    VALUES ('HAV'::varchar, 0)
    UNION
    SELECT s.to_port, reach.legs + 1
    FROM reach
    JOIN sailing AS s ON s.from_port = reach.port AND NOT s.cancelled
    WHERE reach.legs < 12
)
SELECT code AS port, (SELECT min(legs) FROM reach WHERE reach.port = port.code) AS legs
FROM port
ORDER BY code;
