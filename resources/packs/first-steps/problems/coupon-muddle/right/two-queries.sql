-- Two queries, one after the other.
SELECT id AS purchase_id, coupon
FROM purchase
WHERE coupon = 'SPRING' AND shipped_at IS NULL
UNION ALL
SELECT id, coupon
FROM purchase
WHERE coupon = 'spring' AND shipped_at IS NULL;
