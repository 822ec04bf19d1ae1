-- Either condition is enough.
SELECT id AS purchase_id, coupon
FROM purchase
WHERE coupon IN ('SPRING', 'spring')
   OR shipped_at IS NULL;
