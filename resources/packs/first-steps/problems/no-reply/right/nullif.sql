-- The empty text is made NULL.
SELECT id AS member_id, full_name
FROM member
WHERE nullif(trim(email), '') IS NULL;
