SELECT id AS purchase_id, coupon
FROM purchase
WHERE coupon = 'SPRING'
   OR coupon = 'spring'
  AND shipped_at IS NULL;
