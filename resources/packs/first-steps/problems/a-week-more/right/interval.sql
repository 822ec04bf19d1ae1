-- The week is an interval.
UPDATE loan
SET due_on = (due_on + INTERVAL '7 days')::date
WHERE due_on >= DATE '2024-03-01'
  AND due_on < DATE '2024-03-08'
  AND returned_on IS NULL;
