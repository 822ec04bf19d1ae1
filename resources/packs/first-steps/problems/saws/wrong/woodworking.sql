-- The category is taken for the name.
SELECT id AS tool_id, name
FROM tool
WHERE category_id = 1;
