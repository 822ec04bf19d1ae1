-- An address of nothing but spaces is taken for one.
SELECT id AS member_id, full_name
FROM member
WHERE email IS NULL OR email = '';
