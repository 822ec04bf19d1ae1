-- Everything is made small before comparing.
SELECT id AS tool_id, name
FROM tool
WHERE lower(name) LIKE '%saw%';
