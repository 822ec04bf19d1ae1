-- The last of each set is kept.
DELETE FROM review AS r
USING review AS later
WHERE later.product_id = r.product_id
  AND later.customer_id = r.customer_id
  AND later.stars IS NOT DISTINCT FROM r.stars
  AND later.body IS NOT DISTINCT FROM r.body
  AND (later.written_at, later.id) > (r.written_at, r.id);
