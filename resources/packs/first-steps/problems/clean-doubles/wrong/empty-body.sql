-- An empty body is taken for a missing one.
DELETE FROM review AS r
USING review AS earlier
WHERE earlier.product_id = r.product_id
  AND earlier.customer_id = r.customer_id
  AND coalesce(earlier.stars, 0) = coalesce(r.stars, 0)
  AND coalesce(earlier.body, '') = coalesce(r.body, '')
  AND (earlier.written_at, earlier.id) < (r.written_at, r.id);
