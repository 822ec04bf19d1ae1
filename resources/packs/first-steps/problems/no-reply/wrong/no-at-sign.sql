-- Looks for an @, which drops the NULLs and takes odd addresses for none.
SELECT id AS member_id, full_name
FROM member
WHERE email NOT LIKE '%@%';
