-- The first loan of each member, sorted backwards.
SELECT DISTINCT ON (m.id) m.id AS member_id, m.full_name AS member, t.name AS tool, l.lent_on
FROM loan AS l
JOIN member AS m ON m.id = l.member_id
JOIN tool AS t ON t.id = l.tool_id
ORDER BY m.id, l.lent_on DESC, l.id DESC;
