-- Everything that costs at least as much as the third.
SELECT id AS product_id, name, price
FROM product
WHERE discontinued_on IS NULL
  AND price >= ALL (
      SELECT min(price)
      FROM (SELECT price FROM product WHERE discontinued_on IS NULL ORDER BY price DESC LIMIT 3) AS top
  )
ORDER BY price DESC, id;
