-- Accounts that were closed later are lost.
SELECT id AS account_id, name
FROM account
WHERE opened_on <= DATE '2024-03-01'
  AND closed_on IS NULL;
