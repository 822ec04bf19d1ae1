-- Three joins reach three levels.
SELECT a.id AS account_id, concat_ws(' > ', g.name, p.name, a.name) AS path,
       1 + (p.id IS NOT NULL)::integer + (g.id IS NOT NULL)::integer AS level
FROM account AS a
LEFT JOIN account AS p ON p.id = a.parent_id
LEFT JOIN account AS g ON g.id = p.parent_id
ORDER BY path, account_id;
