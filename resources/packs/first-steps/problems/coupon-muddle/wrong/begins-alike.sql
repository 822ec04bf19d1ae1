-- Other coupons that begin alike are taken for it.
SELECT id AS purchase_id, coupon
FROM purchase
WHERE coupon ILIKE 'spring%'
  AND shipped_at IS NULL;
