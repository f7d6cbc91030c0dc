-- Whom the customer says it is, what the payer's desk asks for, and where the goods go.
ALTER TABLE sales_order ADD COLUMN vat_id TEXT;
ALTER TABLE sales_order ADD COLUMN registration_id TEXT;
ALTER TABLE sales_order ADD COLUMN cost_centre TEXT;
ALTER TABLE sales_order ADD COLUMN portal_reference TEXT;
ALTER TABLE sales_order ADD COLUMN ship_to TEXT;

-- When a customer orders, and which few items and places it keeps to.
ALTER TABLE order_habit ADD COLUMN dates TEXT;
ALTER TABLE order_habit ADD COLUMN items TEXT;
ALTER TABLE order_habit ADD COLUMN ship_tos TEXT;
