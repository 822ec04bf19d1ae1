-- Every row is written, and CASE decides.
UPDATE loan
SET due_on = CASE WHEN returned_on IS NULL AND due_on BETWEEN '2024-03-01' AND '2024-03-07' THEN due_on + 7 ELSE due_on END;
