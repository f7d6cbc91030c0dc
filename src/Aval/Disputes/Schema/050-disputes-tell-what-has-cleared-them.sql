ALTER TABLE dispute ADD COLUMN cleared_by TEXT;
