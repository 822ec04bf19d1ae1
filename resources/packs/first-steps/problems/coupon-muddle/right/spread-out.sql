-- The second condition is written twice.
SELECT id AS purchase_id, coupon
FROM purchase
WHERE coupon = 'SPRING' AND shipped_at IS NULL
   OR coupon = 'spring' AND shipped_at IS NULL;
