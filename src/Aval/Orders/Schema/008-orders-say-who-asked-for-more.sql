-- Who made an order worth more after it was entered decides on it no more than who entered it.
ALTER TABLE sales_order ADD COLUMN raised_by TEXT;
