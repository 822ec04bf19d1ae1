-- Every loan has a tool and a member, so left joins find the same.
SELECT t.name, m.full_name, l.due_on
FROM loan AS l
LEFT JOIN tool AS t ON t.id = l.tool_id
LEFT JOIN member AS m ON m.id = l.member_id
WHERE l.returned_on IS NULL
ORDER BY 3;
