ALTER TABLE payer_account ADD COLUMN kind TEXT;
ALTER TABLE payer_account ADD COLUMN taught_by TEXT;
ALTER TABLE payer_account ADD COLUMN said BOOLEAN;
ALTER TABLE payer_account ADD COLUMN forgotten_on DATE;
