ALTER TABLE customer ADD COLUMN entered_by TEXT;
