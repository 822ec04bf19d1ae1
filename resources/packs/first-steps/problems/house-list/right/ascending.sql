-- The direction is spelt out, and the table has a short name.
SELECT p.full_name, p.specialty, p.works_since
FROM practitioner AS p
ORDER BY p.works_since ASC, p.full_name ASC;
