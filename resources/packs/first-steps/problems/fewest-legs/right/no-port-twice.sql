-- Each way remembers its ports and enters none twice.
WITH RECURSIVE way AS (
    SELECT code::text AS port, ARRAY[code::text] AS ports
    FROM port
    WHERE code = 'HAV'
    UNION ALL
    SELECT r.to_port, way.ports || r.to_port
    FROM way
    JOIN (SELECT DISTINCT from_port::text, to_port::text FROM sailing WHERE NOT cancelled) AS r ON r.from_port = way.port
    WHERE r.to_port <> ALL (way.ports)
)
SELECT p.code AS port, min(cardinality(way.ports)) - 1 AS legs
FROM port AS p
LEFT JOIN way ON way.port = p.code
GROUP BY p.code
ORDER BY p.code;
