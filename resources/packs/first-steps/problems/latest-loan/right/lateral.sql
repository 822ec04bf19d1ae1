-- One loan is fetched for each member.
SELECT m.id AS member_id, m.full_name AS member, t.name AS tool, l.lent_on
FROM member AS m
CROSS JOIN LATERAL (
    SELECT tool_id, lent_on
    FROM loan
    WHERE member_id = m.id
    ORDER BY lent_on DESC, id DESC
    LIMIT 1
) AS l
JOIN tool AS t ON t.id = l.tool_id;
