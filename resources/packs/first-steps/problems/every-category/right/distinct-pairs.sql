-- Pairs of member and category, each once, are counted.
WITH tried AS (
    SELECT DISTINCT l.member_id, t.category_id
    FROM loan AS l
    JOIN tool AS t ON t.id = l.tool_id
    WHERE t.category_id IS NOT NULL
)
SELECT m.id AS member_id, m.full_name
FROM member AS m
JOIN tried ON tried.member_id = m.id
GROUP BY m.id, m.full_name
HAVING count(*) = (SELECT count(*) FROM (SELECT DISTINCT category_id FROM tool WHERE category_id IS NOT NULL) AS used);
