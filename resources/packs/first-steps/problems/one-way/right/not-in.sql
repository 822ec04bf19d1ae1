-- The pair turned round is not among those that ran.
SELECT from_port, to_port
FROM sailing
WHERE NOT cancelled
  AND (to_port, from_port) NOT IN (SELECT from_port, to_port FROM sailing WHERE NOT cancelled)
GROUP BY from_port, to_port;
