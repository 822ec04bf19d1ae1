-- A left join finds no way back.
SELECT DISTINCT s.from_port, s.to_port
FROM sailing AS s
LEFT JOIN sailing AS back ON back.from_port = s.to_port AND back.to_port = s.from_port AND NOT back.cancelled
WHERE NOT s.cancelled
  AND back.id IS NULL;
