-- Closed ones are taken away.
SELECT id AS account_id, name
FROM account
WHERE opened_on < DATE '2024-03-02'
EXCEPT
SELECT id, name
FROM account
WHERE closed_on < DATE '2024-03-02';
