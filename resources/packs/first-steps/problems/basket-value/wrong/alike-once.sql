-- Lines that are alike are added once.
SELECT purchase_id, sum(quantity) AS pieces, sum(DISTINCT quantity * unit_price) AS value
FROM purchase_line
GROUP BY purchase_id
HAVING sum(DISTINCT quantity * unit_price) >= 20
ORDER BY value DESC, purchase_id;
