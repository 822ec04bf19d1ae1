-- What is on the shelf does not grow.
INSERT INTO stock (product_id, on_hand, counted_on)
SELECT product_id, sum(quantity), max(arrived_on)
FROM delivery
GROUP BY product_id
ON CONFLICT (product_id) DO NOTHING;
