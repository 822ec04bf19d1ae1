-- The largest day, and of that day the largest id.
WITH day AS (
    SELECT member_id, max(lent_on) AS lent_on FROM loan GROUP BY member_id
),
last AS (
    SELECT l.member_id, max(l.id) AS id
    FROM loan AS l
    JOIN day AS d ON d.member_id = l.member_id AND d.lent_on = l.lent_on
    GROUP BY l.member_id
)
SELECT m.id AS member_id, m.full_name AS member, t.name AS tool, l.lent_on
FROM last
JOIN loan AS l ON l.id = last.id
JOIN member AS m ON m.id = l.member_id
JOIN tool AS t ON t.id = l.tool_id;
