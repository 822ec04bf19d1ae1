-- Both columns are set together.
INSERT INTO stock
SELECT p.id, sum(d.quantity), max(d.arrived_on)
FROM product AS p
JOIN delivery AS d ON d.product_id = p.id
GROUP BY p.id
ON CONFLICT ON CONSTRAINT stock_pkey DO UPDATE
SET (on_hand, counted_on) = (stock.on_hand + excluded.on_hand,
                             CASE WHEN stock.counted_on > excluded.counted_on
                                  THEN stock.counted_on ELSE excluded.counted_on END);
