-- Lines are counted instead of things.
SELECT purchase_id, count(*) AS pieces, sum(quantity * unit_price) AS value
FROM purchase_line
GROUP BY purchase_id
HAVING sum(quantity * unit_price) >= 20
ORDER BY value DESC, purchase_id;
