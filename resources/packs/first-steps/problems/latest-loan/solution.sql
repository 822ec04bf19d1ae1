WITH numbered AS (
    SELECT member_id, tool_id, lent_on,
           row_number() OVER (PARTITION BY member_id ORDER BY lent_on DESC, id DESC) AS place
    FROM loan
)
SELECT m.id AS member_id, m.full_name AS member, t.name AS tool, n.lent_on
FROM numbered AS n
JOIN member AS m ON m.id = n.member_id
JOIN tool AS t ON t.id = n.tool_id
WHERE n.place = 1;
