-- Only a word of its own is found.
SELECT id AS tool_id, name
FROM tool
WHERE name ILIKE '% saw' OR name ILIKE 'saw' OR name ILIKE 'saw %';
