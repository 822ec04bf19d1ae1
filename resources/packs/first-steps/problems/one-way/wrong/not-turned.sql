-- The second half is not read backwards, and takes away everything.
SELECT from_port, to_port
FROM sailing
WHERE NOT cancelled
EXCEPT
SELECT from_port, to_port
FROM sailing
WHERE NOT cancelled;
