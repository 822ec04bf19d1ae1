-- Routes that were cancelled every time are listed.
SELECT from_port, to_port
FROM sailing
EXCEPT
SELECT to_port, from_port
FROM sailing
WHERE NOT cancelled;
