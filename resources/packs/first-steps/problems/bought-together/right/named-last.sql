-- Pairs are counted by id and named afterwards.
WITH pair AS (
    SELECT a.product_id AS first_id, b.product_id AS second_id, count(DISTINCT b.purchase_id) AS orders
    FROM purchase_line AS a, purchase_line AS b
    WHERE a.purchase_id = b.purchase_id
      AND a.product_id < b.product_id
    GROUP BY a.product_id, b.product_id
)
SELECT (SELECT name FROM product WHERE id = first_id) AS product_a,
       (SELECT name FROM product WHERE id = second_id) AS product_b, orders
FROM pair
WHERE orders >= 3;
