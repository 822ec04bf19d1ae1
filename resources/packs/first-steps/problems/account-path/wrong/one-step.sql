-- Only the parent's name is put in front.
SELECT a.id AS account_id, coalesce(p.name || ' > ', '') || a.name AS path, CASE WHEN p.id IS NULL THEN 1 ELSE 2 END AS level
FROM account AS a
LEFT JOIN account AS p ON p.id = a.parent_id
ORDER BY path, account_id;
