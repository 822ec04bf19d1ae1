-- The loans are picked by a subquery.
UPDATE loan
SET due_on = due_on + 7
WHERE id IN (
    SELECT id
    FROM loan
    WHERE returned_on IS NULL
      AND due_on IN ('2024-03-01', '2024-03-02', '2024-03-03', '2024-03-04', '2024-03-05', '2024-03-06', '2024-03-07')
);
