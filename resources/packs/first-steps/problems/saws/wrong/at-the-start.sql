-- Only names that begin so are found.
SELECT id AS tool_id, name
FROM tool
WHERE name ILIKE 'saw%';
