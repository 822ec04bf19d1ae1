-- Names are compared, and one name may belong to two people.
SELECT m.id AS member_id, m.full_name
FROM member AS m
WHERE m.full_name NOT IN (SELECT r.full_name FROM member AS r JOIN member AS n ON n.referred_by = r.id);
