-- Both ends of the week are left out.
UPDATE loan
SET due_on = due_on + 7
WHERE returned_on IS NULL
  AND due_on > DATE '2024-03-01'
  AND due_on < DATE '2024-03-07';
