-- Loans due today are counted as late.
SELECT id AS loan_id, tool_id, due_on, DATE '2024-03-01' - due_on AS days_late
FROM loan
WHERE returned_on IS NULL
  AND due_on <= DATE '2024-03-01'
ORDER BY days_late DESC, loan_id;
