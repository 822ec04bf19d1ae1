-- The joins are conditions.
SELECT t.name AS tool, m.full_name AS member, l.due_on
FROM loan AS l, tool AS t, member AS m
WHERE t.id = l.tool_id
  AND m.id = l.member_id
  AND l.returned_on IS NULL
ORDER BY l.due_on;
