-- The member differs from everybody's referrer.
SELECT m.id, m.full_name
FROM member AS m
WHERE m.id <> ALL (SELECT coalesce(referred_by, -1) FROM member);
