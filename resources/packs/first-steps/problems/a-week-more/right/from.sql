-- The new dates come from a second look at the table.
UPDATE loan AS l
SET due_on = n.due_on
FROM (SELECT id, due_on + 7 AS due_on FROM loan WHERE due_on - DATE '2024-03-01' BETWEEN 0 AND 6) AS n
WHERE n.id = l.id
  AND l.returned_on IS NULL;
