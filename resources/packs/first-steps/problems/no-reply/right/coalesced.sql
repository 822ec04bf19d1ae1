-- NULL is made an empty text.
SELECT id AS member_id, full_name
FROM member
WHERE trim(coalesce(email, '')) = '';
