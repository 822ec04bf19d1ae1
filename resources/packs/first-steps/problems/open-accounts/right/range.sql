-- The day lies in the range of days on which the account was open.
SELECT id AS account_id, name
FROM account
WHERE daterange(opened_on, closed_on) @> DATE '2024-03-01';
