-- The day of the first delivery since which something delivered has always been left to bill.
ALTER TABLE sales_order ADD COLUMN unbilled_since DATE;
