-- Lines are counted instead of products.
SELECT coalesce(nullif(p.category, ''), 'unsorted') AS category, count(p.id) AS products,
       coalesce(sum(l.quantity), 0) AS pieces, coalesce(sum(l.quantity * l.unit_price), 0) AS revenue
FROM product AS p
LEFT JOIN purchase_line AS l ON l.product_id = p.id
GROUP BY 1
ORDER BY revenue DESC, category;
