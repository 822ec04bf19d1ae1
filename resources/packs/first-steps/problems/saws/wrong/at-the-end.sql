-- Only names that end so are found.
SELECT id AS tool_id, name
FROM tool
WHERE name ILIKE '%saw';
