-- DISTINCT melts two loans into one when their names and dates are alike.
SELECT DISTINCT tool.name AS tool, member.full_name AS member, loan.due_on
FROM loan
JOIN tool ON tool.id = loan.tool_id
JOIN member ON member.id = loan.member_id
WHERE loan.returned_on IS NULL
ORDER BY loan.due_on;
