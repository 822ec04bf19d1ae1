-- A member whom nobody brought in is taken to have brought in themselves.
SELECT id AS member_id, full_name
FROM member
WHERE id NOT IN (SELECT coalesce(referred_by, id) FROM member);
