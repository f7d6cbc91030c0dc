CREATE INDEX invoice_without_rate ON invoice (lane, root) WHERE rate IS NULL AND to_sequence IS NULL;
CREATE INDEX credit_note_without_rate ON credit_note (lane, root) WHERE rate IS NULL AND to_sequence IS NULL;
CREATE INDEX receipt_without_rate ON receipt (lane, root) WHERE rate IS NULL AND to_sequence IS NULL;
