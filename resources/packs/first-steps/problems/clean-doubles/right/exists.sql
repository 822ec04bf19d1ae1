-- An earlier double exists.
DELETE FROM review AS r
WHERE EXISTS (
    SELECT 1
    FROM review AS e
    WHERE e.product_id = r.product_id
      AND e.customer_id = r.customer_id
      AND e.stars IS NOT DISTINCT FROM r.stars
      AND e.body IS NOT DISTINCT FROM r.body
      AND (e.written_at < r.written_at OR (e.written_at = r.written_at AND e.id < r.id))
);
