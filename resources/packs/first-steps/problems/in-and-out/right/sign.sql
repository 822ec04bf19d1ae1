-- The sign decides.
SELECT id AS entry_id,
       CASE sign(amount) WHEN 1 THEN amount END AS money_in,
       CASE sign(amount) WHEN -1 THEN abs(amount) END AS money_out
FROM entry
WHERE account_id = 3;
