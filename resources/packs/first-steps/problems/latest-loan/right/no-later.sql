-- No loan of the member is later.
SELECT m.id AS member_id, m.full_name AS member, t.name AS tool, l.lent_on
FROM loan AS l
JOIN member AS m ON m.id = l.member_id
JOIN tool AS t ON t.id = l.tool_id
WHERE NOT EXISTS (
    SELECT 1 FROM loan AS o WHERE o.member_id = l.member_id AND (o.lent_on, o.id) > (l.lent_on, l.id)
);
