-- Those who brought in somebody are taken away.
SELECT id AS member_id, full_name
FROM member
EXCEPT
SELECT r.id, r.full_name
FROM member AS r
JOIN member AS n ON n.referred_by = r.id;
