-- An entry of 0 is left out.
SELECT id AS entry_id,
       CASE WHEN amount > 0 THEN amount END AS money_in,
       CASE WHEN amount < 0 THEN -amount END AS money_out
FROM entry
WHERE account_id = 3 AND amount <> 0;
