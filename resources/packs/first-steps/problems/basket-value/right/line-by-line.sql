-- Lines are valued in a CTE.
WITH line AS (
    SELECT purchase_id, quantity, unit_price * quantity AS worth
    FROM purchase_line
)
SELECT purchase_id, sum(quantity) AS pieces, sum(worth) AS value
FROM line
GROUP BY 1
HAVING NOT sum(worth) < 20.00
ORDER BY 3 DESC, 1;
