-- An order that is delivered complete or not at all is never released in part.
ALTER TABLE sales_order ADD COLUMN complete_delivery BOOLEAN;
