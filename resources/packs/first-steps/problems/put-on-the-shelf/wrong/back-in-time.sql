-- The day may become an earlier one.
INSERT INTO stock (product_id, on_hand, counted_on)
SELECT product_id, sum(quantity), max(arrived_on)
FROM delivery
GROUP BY product_id
ON CONFLICT (product_id) DO UPDATE
SET on_hand = stock.on_hand + excluded.on_hand,
    counted_on = excluded.counted_on;
