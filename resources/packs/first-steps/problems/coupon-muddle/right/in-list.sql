-- Both spellings in one list.
SELECT id AS purchase_id, coupon
FROM purchase
WHERE coupon IN ('SPRING', 'spring')
  AND shipped_at IS NULL;
