-- Each product once per order, and then plain counting.
WITH item AS (
    SELECT DISTINCT purchase_id, product_id
    FROM purchase_line
)
SELECT pa.name AS product_a, pb.name AS product_b, count(*) AS orders
FROM item AS a
JOIN item AS b ON b.purchase_id = a.purchase_id AND a.product_id < b.product_id
JOIN product AS pa ON pa.id = a.product_id
JOIN product AS pb ON pb.id = b.product_id
GROUP BY pa.id, pb.id
HAVING count(*) > 2;
