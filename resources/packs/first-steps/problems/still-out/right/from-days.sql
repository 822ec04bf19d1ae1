-- The days late are worked out first.
SELECT loan_id, tool_id, due_on, days_late
FROM (
    SELECT id AS loan_id, tool_id, due_on, DATE '2024-03-01' - due_on AS days_late, returned_on
    FROM loan
) AS dated
WHERE days_late > 0
  AND returned_on IS NULL
ORDER BY days_late DESC, loan_id;
