-- Nothing is left when the member's categories are taken away.
SELECT m.id AS member_id, m.full_name
FROM member AS m
WHERE m.id IN (SELECT member_id FROM loan)
  AND NOT EXISTS (
      SELECT category_id FROM tool WHERE category_id IS NOT NULL
      EXCEPT
      SELECT t.category_id FROM loan AS l JOIN tool AS t ON t.id = l.tool_id WHERE l.member_id = m.id
  );
