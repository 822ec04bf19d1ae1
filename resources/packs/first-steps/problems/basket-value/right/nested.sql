-- The sums are made inside, and filtered by name outside.
SELECT purchase_id, pieces, value
FROM (
    SELECT purchase_id, sum(quantity) AS pieces, sum(quantity * unit_price) AS value
    FROM purchase_line
    GROUP BY purchase_id
) AS basket
WHERE value >= 20
ORDER BY value DESC, purchase_id;
