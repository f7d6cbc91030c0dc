ALTER TABLE dispute ADD COLUMN proposed_amount BIGINT;
