-- The lowest id is kept, though another was written first.
DELETE FROM review AS r
USING review AS earlier
WHERE earlier.product_id = r.product_id
  AND earlier.customer_id = r.customer_id
  AND earlier.stars IS NOT DISTINCT FROM r.stars
  AND earlier.body IS NOT DISTINCT FROM r.body
  AND earlier.id < r.id;
