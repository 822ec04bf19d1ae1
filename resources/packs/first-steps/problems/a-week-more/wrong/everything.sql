-- Tools that came back are moved as well.
UPDATE loan
SET due_on = due_on + 7
WHERE due_on BETWEEN DATE '2024-03-01' AND DATE '2024-03-07';
