-- Quantities are forgotten.
SELECT purchase_id, sum(quantity) AS pieces, sum(unit_price) AS value
FROM purchase_line
GROUP BY purchase_id
HAVING sum(unit_price) >= 20
ORDER BY value DESC, purchase_id;
