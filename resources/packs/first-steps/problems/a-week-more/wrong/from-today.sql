-- A week from today, not from the date that was agreed.
UPDATE loan
SET due_on = DATE '2024-03-01' + 7
WHERE returned_on IS NULL
  AND due_on BETWEEN DATE '2024-03-01' AND DATE '2024-03-07';
