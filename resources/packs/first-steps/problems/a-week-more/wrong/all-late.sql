-- Whatever is out gets the week, however late it is.
UPDATE loan
SET due_on = due_on + 7
WHERE returned_on IS NULL
  AND due_on <= DATE '2024-03-07';
