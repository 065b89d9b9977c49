-- What is needed to find the scopes of the catalog's categories.
-- reads: product_categories

-- name: all-categories
SELECT DISTINCT category FROM product_categories ORDER BY category;
