-- A left join that finds nobody.
SELECT m.id AS member_id, m.full_name
FROM member AS m
LEFT JOIN member AS newcomer ON newcomer.referred_by = m.id
WHERE newcomer.id IS NULL;
