UPDATE loan
SET due_on = due_on + 7
WHERE returned_on IS NULL
  AND due_on BETWEEN DATE '2024-03-01' AND DATE '2024-03-07';
