ALTER TABLE receipt ADD COLUMN recorded_by TEXT;
ALTER TABLE invoice ADD COLUMN receipts_by TEXT;
