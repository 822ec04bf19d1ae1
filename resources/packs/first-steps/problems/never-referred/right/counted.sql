-- The newcomers are counted, and there are none.
SELECT m.id AS member_id, m.full_name
FROM member AS m
WHERE (SELECT count(*) FROM member AS n WHERE n.referred_by = m.id) = 0;
