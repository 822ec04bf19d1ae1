-- Tools without a category are taken for one more category of the member's.
SELECT m.id AS member_id, m.full_name
FROM member AS m
JOIN loan AS l ON l.member_id = m.id
JOIN tool AS t ON t.id = l.tool_id
GROUP BY m.id, m.full_name
HAVING count(DISTINCT coalesce(t.category_id, 0)) >= (SELECT count(DISTINCT category_id) FROM tool);
