-- The categories of a member hold all that are in use.
SELECT m.id AS member_id, m.full_name
FROM member AS m
JOIN loan AS l ON l.member_id = m.id
JOIN tool AS t ON t.id = l.tool_id
GROUP BY m.id, m.full_name
HAVING array_agg(DISTINCT t.category_id) @> (SELECT array_agg(DISTINCT category_id) FROM tool WHERE category_id IS NOT NULL);
