-- An update in a CTE, and an insert of the rest.
WITH arrived AS (
    SELECT product_id, sum(quantity) AS quantity, max(arrived_on) AS day
    FROM delivery
    GROUP BY product_id
),
grown AS (
    UPDATE stock AS s
    SET on_hand = s.on_hand + a.quantity,
        counted_on = greatest(s.counted_on, a.day)
    FROM arrived AS a
    WHERE a.product_id = s.product_id
    RETURNING s.product_id
)
INSERT INTO stock (product_id, on_hand, counted_on)
SELECT product_id, quantity, day
FROM arrived
WHERE product_id NOT IN (SELECT product_id FROM grown);
