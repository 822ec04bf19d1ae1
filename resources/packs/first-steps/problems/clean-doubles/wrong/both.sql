-- The first goes as well.
DELETE FROM review AS r
USING review AS other
WHERE other.product_id = r.product_id
  AND other.customer_id = r.customer_id
  AND other.stars IS NOT DISTINCT FROM r.stars
  AND other.body IS NOT DISTINCT FROM r.body
  AND other.id <> r.id;
