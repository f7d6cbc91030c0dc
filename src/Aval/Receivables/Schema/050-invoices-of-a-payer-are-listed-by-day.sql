-- What has happened with a payer is told from the last day back, its invoices among the rest.
CREATE INDEX invoice_by_payer_and_day ON invoice (payer, date, number) WHERE to_sequence IS NULL;
