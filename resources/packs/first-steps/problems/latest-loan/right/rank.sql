-- rank over an order without ties.
SELECT member_id, member, tool, lent_on
FROM (
    SELECT m.id AS member_id, m.full_name AS member, t.name AS tool, l.lent_on,
           rank() OVER (PARTITION BY m.id ORDER BY l.lent_on DESC, l.id DESC) AS place
    FROM member AS m
    JOIN loan AS l ON l.member_id = m.id
    JOIN tool AS t ON t.id = l.tool_id
) AS placed
WHERE place = 1;
