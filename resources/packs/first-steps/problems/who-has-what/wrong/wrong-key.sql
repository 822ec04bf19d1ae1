-- The tool is looked up by the loan's id.
SELECT tool.name AS tool, member.full_name AS member, loan.due_on
FROM loan
JOIN tool ON tool.id = loan.id
JOIN member ON member.id = loan.member_id
WHERE loan.returned_on IS NULL
ORDER BY loan.due_on;
