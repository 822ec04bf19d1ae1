SELECT purchase_id, sum(quantity) AS pieces, sum(quantity * unit_price) AS value
FROM purchase_line
GROUP BY purchase_id
HAVING sum(quantity * unit_price) >= 20
ORDER BY value DESC, purchase_id;
