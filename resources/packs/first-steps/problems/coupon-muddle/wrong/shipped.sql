-- The opposite: parcels that have left.
SELECT id AS purchase_id, coupon
FROM purchase
WHERE coupon IN ('SPRING', 'spring')
  AND shipped_at IS NOT NULL;
