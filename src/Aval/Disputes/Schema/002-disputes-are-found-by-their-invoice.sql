-- What was let go is followed to the disputes on its invoices.
CREATE INDEX dispute_of_invoice ON dispute (invoice) WHERE to_sequence IS NULL;
