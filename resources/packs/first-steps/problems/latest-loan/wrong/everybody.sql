-- Members who never borrowed anything are listed too.
WITH numbered AS (
    SELECT member_id, tool_id, lent_on,
           row_number() OVER (PARTITION BY member_id ORDER BY lent_on DESC, id DESC) AS place
    FROM loan
)
SELECT m.id AS member_id, m.full_name AS member, t.name AS tool, n.lent_on
FROM member AS m
LEFT JOIN numbered AS n ON n.member_id = m.id AND n.place = 1
LEFT JOIN tool AS t ON t.id = n.tool_id;
