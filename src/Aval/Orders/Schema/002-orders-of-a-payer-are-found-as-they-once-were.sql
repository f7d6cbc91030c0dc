-- Versions of a payer's orders that a rule needed, by root and by when they ended: what was in force at a past entry, and what has changed since.
CREATE INDEX sales_order_by_payer ON sales_order (payer, root, to_sequence) WHERE live;
CREATE INDEX delivery_by_order ON delivery (lane, root, "order");
