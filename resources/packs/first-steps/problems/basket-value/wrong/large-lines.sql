-- The minimum is asked of each line.
SELECT purchase_id, sum(quantity) AS pieces, sum(quantity * unit_price) AS value
FROM purchase_line
WHERE quantity * unit_price >= 20
GROUP BY purchase_id
ORDER BY value DESC, purchase_id;
