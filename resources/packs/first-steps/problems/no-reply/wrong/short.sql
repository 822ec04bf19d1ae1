-- Short addresses are taken for none.
SELECT id AS member_id, full_name
FROM member
WHERE coalesce(length(email), 0) < 3;
