-- What refunds have paid back of a credit note. A refund of a credit note names no receipt: its receipt is empty.
ALTER TABLE credit_note ADD COLUMN refunded BIGINT;
ALTER TABLE withdrawal ADD COLUMN credit_note TEXT;
CREATE INDEX withdrawal_by_credit_note ON withdrawal (credit_note, date) WHERE to_sequence IS NULL AND credit_note IS NOT NULL;
