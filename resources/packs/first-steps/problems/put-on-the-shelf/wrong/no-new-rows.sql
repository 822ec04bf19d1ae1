-- Products that are new to the shelf are forgotten.
UPDATE stock AS s
SET on_hand = s.on_hand + a.quantity,
    counted_on = greatest(s.counted_on, a.day)
FROM (SELECT product_id, sum(quantity) AS quantity, max(arrived_on) AS day FROM delivery GROUP BY product_id) AS a
WHERE a.product_id = s.product_id;
