-- Categories without tools are demanded as well.
SELECT m.id AS member_id, m.full_name
FROM member AS m
JOIN loan AS l ON l.member_id = m.id
JOIN tool AS t ON t.id = l.tool_id
GROUP BY m.id, m.full_name
HAVING count(DISTINCT t.category_id) = (SELECT count(*) FROM category);
