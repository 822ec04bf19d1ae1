-- These are the members whom nobody brought in.
SELECT id AS member_id, full_name
FROM member
WHERE referred_by IS NULL;
