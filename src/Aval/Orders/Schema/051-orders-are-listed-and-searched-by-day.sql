-- The list of all orders, the newest first, and the search for a part of a number read this and no row that they do not show.
CREATE INDEX sales_order_listed ON sales_order (order_date DESC, number DESC, root, status, purchase_order, customer, to_sequence) WHERE to_sequence IS NULL;
