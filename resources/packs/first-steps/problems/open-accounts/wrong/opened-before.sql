-- Accounts opened on the day are lost.
SELECT id AS account_id, name
FROM account
WHERE opened_on < DATE '2024-03-01'
  AND (closed_on IS NULL OR closed_on > DATE '2024-03-01');
