-- The accounts closed by then are denied.
SELECT id AS account_id, name
FROM account
WHERE DATE '2024-03-01' >= opened_on
  AND (closed_on <= DATE '2024-03-01') IS NOT TRUE;
