-- What became of an order is told from its invoices, and of those from what settled them.
CREATE INDEX invoice_current_by_order ON invoice ("order") WHERE to_sequence IS NULL AND "order" IS NOT NULL;
CREATE INDEX settlement_by_invoice ON settlement (invoice) WHERE to_sequence IS NULL;
