-- One review is left of each customer and product, whatever it says.
DELETE FROM review AS r
USING review AS earlier
WHERE earlier.product_id = r.product_id
  AND earlier.customer_id = r.customer_id
  AND (earlier.written_at, earlier.id) < (r.written_at, r.id);
