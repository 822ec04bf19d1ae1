-- A member with several loans on the last day gets several rows.
SELECT m.id AS member_id, m.full_name AS member, t.name AS tool, l.lent_on
FROM loan AS l
JOIN member AS m ON m.id = l.member_id
JOIN tool AS t ON t.id = l.tool_id
WHERE l.lent_on = (SELECT max(o.lent_on) FROM loan AS o WHERE o.member_id = l.member_id);
