CREATE INDEX invoice_by_order ON invoice (lane, root, "order") WHERE "order" IS NOT NULL;
CREATE INDEX credit_note_by_payer ON credit_note (payer, date) WHERE to_sequence IS NULL;
CREATE INDEX receipt_by_payer ON receipt (payer, date) WHERE to_sequence IS NULL;
-- What is at risk, or was until it was returned: it never counted.
CREATE INDEX settlement_uncounted_by_payer ON settlement (payer) WHERE to_sequence IS NULL AND counts_from IS NULL;
-- From which entry on a deposit that outlived its order is on account.
CREATE INDEX receipt_put_on_account ON receipt (payer, number) WHERE on_account AND deposit_for IS NOT NULL;
