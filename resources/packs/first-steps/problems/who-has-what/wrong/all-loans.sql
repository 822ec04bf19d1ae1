-- Loans that came back are listed too.
SELECT tool.name AS tool, member.full_name AS member, loan.due_on
FROM loan
JOIN tool ON tool.id = loan.tool_id
JOIN member ON member.id = loan.member_id
ORDER BY loan.due_on;
