-- Only one of the spellings is looked for.
SELECT id AS purchase_id, coupon
FROM purchase
WHERE coupon = 'SPRING'
  AND shipped_at IS NULL;
