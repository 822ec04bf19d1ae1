-- The whole figure is worked out before inserting.
INSERT INTO stock AS s (product_id, on_hand, counted_on)
SELECT d.product_id, coalesce(max(o.on_hand), 0) + sum(d.quantity), greatest(max(o.counted_on), max(d.arrived_on))
FROM delivery AS d
LEFT JOIN stock AS o ON o.product_id = d.product_id
GROUP BY d.product_id
ON CONFLICT (product_id) DO UPDATE
SET on_hand = excluded.on_hand, counted_on = excluded.counted_on;
