-- These are the members who did bring in somebody.
SELECT DISTINCT m.id AS member_id, m.full_name
FROM member AS m
JOIN member AS newcomer ON newcomer.referred_by = m.id;
