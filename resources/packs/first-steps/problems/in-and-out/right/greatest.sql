-- The greater of the amount and 0, and NULL for 0.
SELECT id AS entry_id, nullif(greatest(amount, 0), 0) AS money_in, nullif(greatest(-amount, 0), 0) AS money_out
FROM entry
WHERE account_id = 3;
