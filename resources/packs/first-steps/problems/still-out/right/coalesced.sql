-- What is not back comes back in the far future.
SELECT id AS loan_id, tool_id, due_on, '2024-03-01'::date - due_on AS days_late
FROM loan
WHERE coalesce(returned_on, 'infinity') = 'infinity'
  AND due_on < '2024-03-01'
ORDER BY due_on, id;
