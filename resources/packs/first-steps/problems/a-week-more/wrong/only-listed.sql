-- Lists what the dates would be, and changes nothing.
SELECT id, due_on + 7 AS due_on, returned_on
FROM loan
WHERE returned_on IS NULL
  AND due_on BETWEEN DATE '2024-03-01' AND DATE '2024-03-07';
