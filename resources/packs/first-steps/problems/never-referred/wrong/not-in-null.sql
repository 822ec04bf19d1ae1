-- The list holds NULLs, so NOT IN is never true.
SELECT id AS member_id, full_name
FROM member
WHERE id NOT IN (SELECT referred_by FROM member);
