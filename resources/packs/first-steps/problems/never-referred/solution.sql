SELECT m.id AS member_id, m.full_name
FROM member AS m
WHERE NOT EXISTS (SELECT 1 FROM member AS newcomer WHERE newcomer.referred_by = m.id);
