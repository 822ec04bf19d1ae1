-- A pattern is compared with =.
SELECT id AS tool_id, name
FROM tool
WHERE name = '%saw%';
