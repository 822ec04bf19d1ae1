-- Ordered by the tool instead of the due date.
SELECT tool.name AS tool, member.full_name AS member, loan.due_on
FROM loan
JOIN tool ON tool.id = loan.tool_id
JOIN member ON member.id = loan.member_id
WHERE loan.returned_on IS NULL
ORDER BY tool.name;
