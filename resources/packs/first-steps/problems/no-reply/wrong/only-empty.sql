-- NULLs are overlooked: NULL = '' is not true.
SELECT id AS member_id, full_name
FROM member
WHERE trim(email) = '';
