-- Waiting orders first, the coupon after.
SELECT purchase_id, coupon
FROM (SELECT id AS purchase_id, coupon FROM purchase WHERE shipped_at IS NULL) AS waiting
WHERE coupon = ANY (ARRAY['SPRING', 'spring']);
