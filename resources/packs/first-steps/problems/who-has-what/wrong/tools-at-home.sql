-- Every tool is listed, those on the shelf without a member.
SELECT tool.name AS tool, member.full_name AS member, loan.due_on
FROM tool
LEFT JOIN loan ON loan.tool_id = tool.id AND loan.returned_on IS NULL
LEFT JOIN member ON member.id = loan.member_id
ORDER BY loan.due_on;
