-- There is no character but the blank in it.
SELECT m.id, m.full_name
FROM member AS m
WHERE m.email ~ '^ *$' OR m.email IS NULL;
