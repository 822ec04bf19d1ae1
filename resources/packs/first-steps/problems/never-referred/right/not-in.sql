-- NULLs are thrown out of the list.
SELECT id AS member_id, full_name
FROM member
WHERE id NOT IN (SELECT referred_by FROM member WHERE referred_by IS NOT NULL);
