-- Each product's figures come from subqueries.
SELECT category, count(*) AS products, coalesce(sum(pieces), 0) AS pieces, coalesce(sum(revenue), 0) AS revenue
FROM (
    SELECT coalesce(nullif(p.category, ''), 'unsorted') AS category,
           (SELECT sum(l.quantity) FROM purchase_line AS l WHERE l.product_id = p.id) AS pieces,
           (SELECT sum(l.quantity * l.unit_price) FROM purchase_line AS l WHERE l.product_id = p.id) AS revenue
    FROM product AS p
) AS each_product
GROUP BY category
ORDER BY 4 DESC, category;
