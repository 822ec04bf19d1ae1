-- Capitals are not found.
SELECT id AS tool_id, name
FROM tool
WHERE name LIKE '%saw%';
