-- Everybody but those with an address.
SELECT id AS member_id, full_name
FROM member
EXCEPT
SELECT id, full_name
FROM member
WHERE length(trim(email)) > 0;
