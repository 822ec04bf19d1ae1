-- There is no category in use from which nothing was borrowed.
SELECT m.id AS member_id, m.full_name
FROM member AS m
WHERE EXISTS (SELECT 1 FROM loan AS l JOIN tool AS t ON t.id = l.tool_id WHERE l.member_id = m.id)
  AND NOT EXISTS (
      SELECT 1
      FROM tool AS wanted
      WHERE wanted.category_id IS NOT NULL
        AND NOT EXISTS (
            SELECT 1
            FROM loan AS l
            JOIN tool AS t ON t.id = l.tool_id
            WHERE l.member_id = m.id AND t.category_id = wanted.category_id
        )
  );
