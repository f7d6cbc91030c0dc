-- Orders are numbered within their customer's habit, whose row tells the last one in it: those after it are noted from the orders, which are live still.
-- A row without that number comes from a version that wrote one with each order, and has them all.
ALTER TABLE sales_order ADD COLUMN habit_number BIGINT;
ALTER TABLE order_habit ADD COLUMN through BIGINT;
