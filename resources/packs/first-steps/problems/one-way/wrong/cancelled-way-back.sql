-- A cancelled way back counts as a way back.
SELECT from_port, to_port
FROM sailing
WHERE NOT cancelled
EXCEPT
SELECT to_port, from_port
FROM sailing;
