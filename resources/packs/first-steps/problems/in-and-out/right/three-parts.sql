-- Three queries, one for each sign.
SELECT id AS entry_id, amount AS money_in, NULL::numeric AS money_out FROM entry WHERE account_id = 3 AND amount > 0
UNION ALL
SELECT id, NULL, -amount FROM entry WHERE account_id = 3 AND amount < 0
UNION ALL
SELECT id, NULL, NULL FROM entry WHERE account_id = 3 AND amount = 0;
