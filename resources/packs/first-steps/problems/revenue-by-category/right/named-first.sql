-- The category is tidied in a subquery.
SELECT p.category, count(DISTINCT p.id) AS products, coalesce(sum(l.quantity), 0) AS pieces,
       coalesce(sum(l.quantity * l.unit_price), 0) AS revenue
FROM (SELECT id, coalesce(nullif(category, ''), 'unsorted') AS category FROM product) AS p
LEFT JOIN purchase_line AS l ON l.product_id = p.id
GROUP BY p.category
ORDER BY revenue DESC, p.category;
