-- The latest date and the last tool by name are put together from different loans.
SELECT m.id AS member_id, m.full_name AS member, max(t.name) AS tool, max(l.lent_on) AS lent_on
FROM loan AS l
JOIN member AS m ON m.id = l.member_id
JOIN tool AS t ON t.id = l.tool_id
GROUP BY m.id, m.full_name;
