-- The first of each port is kept, sorted by legs.
WITH RECURSIVE reach AS (
    SELECT 'HAV'::text AS port, 0 AS legs
    UNION
    SELECT r.to_port::text, reach.legs + 1
    FROM reach, sailing AS r
    WHERE r.from_port = reach.port
      AND r.cancelled = false
      AND reach.legs <= 10
)
SELECT DISTINCT ON (p.code) p.code AS port, reach.legs
FROM port AS p
LEFT JOIN reach ON reach.port = p.code
ORDER BY p.code, reach.legs;
