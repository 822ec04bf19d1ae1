SELECT id AS tool_id, name
FROM tool
WHERE name ILIKE '%saw%';
