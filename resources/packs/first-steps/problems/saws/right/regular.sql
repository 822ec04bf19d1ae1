-- A regular expression, for any case.
SELECT id AS tool_id, name
FROM tool
WHERE name ~* 'saw';
