-- Noughts stand where NULL belongs.
SELECT id AS entry_id, greatest(amount, 0) AS money_in, greatest(-amount, 0) AS money_out
FROM entry
WHERE account_id = 3;
