ALTER TABLE dispute ADD COLUMN proposed_legitimacy TEXT;
