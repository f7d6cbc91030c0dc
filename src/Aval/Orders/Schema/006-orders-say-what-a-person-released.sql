-- What a person has decided of the order, and who or what carried it in: nobody decides on an order that they entered.
ALTER TABLE sales_order ADD COLUMN human_release TEXT;
ALTER TABLE sales_order ADD COLUMN decision TEXT;
ALTER TABLE sales_order ADD COLUMN carried_by TEXT;
