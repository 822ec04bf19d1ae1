-- The letters have a position in the name.
SELECT id AS tool_id, name
FROM tool
WHERE position('SAW' IN upper(name)) > 0;
