-- The names are looked up by subqueries.
SELECT (SELECT name FROM tool WHERE id = l.tool_id) AS tool,
       (SELECT full_name FROM member WHERE id = l.member_id) AS member, l.due_on
FROM loan AS l
WHERE l.returned_on IS NULL
ORDER BY l.due_on, l.id;
