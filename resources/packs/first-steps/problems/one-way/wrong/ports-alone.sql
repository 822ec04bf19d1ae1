-- Ports are compared one by one instead of as pairs.
SELECT DISTINCT from_port, to_port
FROM sailing
WHERE NOT cancelled
  AND (from_port NOT IN (SELECT to_port FROM sailing WHERE NOT cancelled)
       OR to_port NOT IN (SELECT from_port FROM sailing WHERE NOT cancelled));
