-- Both directions of a pair are counted.
SELECT from_port, to_port
FROM (
    SELECT from_port, to_port, 1 AS there, 0 AS back FROM sailing WHERE NOT cancelled
    UNION ALL
    SELECT to_port, from_port, 0, 1 FROM sailing WHERE NOT cancelled
) AS both_ways
GROUP BY from_port, to_port
HAVING sum(there) > 0 AND sum(back) = 0;
