-- A missing day is taken for one that never comes.
SELECT id AS account_id, name
FROM account
WHERE opened_on <= '2024-03-01'
  AND coalesce(closed_on, 'infinity') > '2024-03-01';
