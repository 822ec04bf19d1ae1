DELETE FROM review AS r
USING review AS earlier
WHERE earlier.product_id = r.product_id
  AND earlier.customer_id = r.customer_id
  AND earlier.stars IS NOT DISTINCT FROM r.stars
  AND earlier.body IS NOT DISTINCT FROM r.body
  AND (earlier.written_at, earlier.id) < (r.written_at, r.id);
