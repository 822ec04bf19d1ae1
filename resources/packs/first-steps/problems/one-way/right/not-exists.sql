-- There is no sailing back.
SELECT DISTINCT s.from_port, s.to_port
FROM sailing AS s
WHERE NOT s.cancelled
  AND NOT EXISTS (
      SELECT 1
      FROM sailing AS back
      WHERE back.from_port = s.to_port AND back.to_port = s.from_port AND NOT back.cancelled
  );
