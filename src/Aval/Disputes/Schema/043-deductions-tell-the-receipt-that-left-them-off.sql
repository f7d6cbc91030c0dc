ALTER TABLE dispute ADD COLUMN deducted_from TEXT;
