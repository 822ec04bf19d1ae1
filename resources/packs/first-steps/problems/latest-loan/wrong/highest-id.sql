-- The highest id is taken for the latest loan.
SELECT m.id AS member_id, m.full_name AS member, t.name AS tool, l.lent_on
FROM loan AS l
JOIN member AS m ON m.id = l.member_id
JOIN tool AS t ON t.id = l.tool_id
WHERE l.id = (SELECT max(o.id) FROM loan AS o WHERE o.member_id = l.member_id);
