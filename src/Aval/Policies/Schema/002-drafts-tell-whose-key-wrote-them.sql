ALTER TABLE policy_draft ADD COLUMN key_made_by TEXT;
