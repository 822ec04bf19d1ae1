-- Sums over windows, and each order once.
SELECT DISTINCT purchase_id, pieces, value
FROM (
    SELECT purchase_id, sum(quantity) OVER w AS pieces, sum(quantity * unit_price) OVER w AS value
    FROM purchase_line
    WINDOW w AS (PARTITION BY purchase_id)
) AS basket
WHERE value >= 20
ORDER BY value DESC, purchase_id;
