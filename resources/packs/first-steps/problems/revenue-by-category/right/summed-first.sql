-- Lines are summed per product before they are joined.
WITH sold AS (
    SELECT product_id, sum(quantity) AS pieces, sum(quantity * unit_price) AS revenue
    FROM purchase_line
    GROUP BY product_id
)
SELECT coalesce(nullif(p.category, ''), 'unsorted') AS category, count(*) AS products,
       coalesce(sum(s.pieces), 0) AS pieces, coalesce(sum(s.revenue), 0) AS revenue
FROM product AS p
LEFT JOIN sold AS s ON s.product_id = p.id
GROUP BY 1
ORDER BY 4 DESC, 1;
