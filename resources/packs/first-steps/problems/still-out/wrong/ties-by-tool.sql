-- Equally late loans are ordered by the tool, not by the loan.
SELECT id AS loan_id, tool_id, due_on, DATE '2024-03-01' - due_on AS days_late
FROM loan
WHERE returned_on IS NULL
  AND due_on < DATE '2024-03-01'
ORDER BY days_late DESC, tool_id;
