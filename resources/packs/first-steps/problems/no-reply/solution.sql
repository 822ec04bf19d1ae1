SELECT id AS member_id, full_name
FROM member
WHERE email IS NULL
   OR trim(email) = '';
