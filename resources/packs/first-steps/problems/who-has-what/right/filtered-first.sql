-- What is out is picked before it is joined.
WITH out AS (
    SELECT tool_id, member_id, due_on
    FROM loan
    WHERE returned_on IS NULL
)
SELECT tool.name AS tool, member.full_name AS member, out.due_on
FROM member
JOIN out ON out.member_id = member.id
JOIN tool ON tool.id = out.tool_id
ORDER BY out.due_on;
