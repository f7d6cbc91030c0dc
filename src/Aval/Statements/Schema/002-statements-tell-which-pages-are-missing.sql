ALTER TABLE bank_statement ADD COLUMN warnings TEXT;
