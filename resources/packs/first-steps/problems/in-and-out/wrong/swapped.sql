-- In and out are mistaken for each other.
SELECT id AS entry_id,
       CASE WHEN amount < 0 THEN -amount END AS money_in,
       CASE WHEN amount > 0 THEN amount END AS money_out
FROM entry
WHERE account_id = 3;
