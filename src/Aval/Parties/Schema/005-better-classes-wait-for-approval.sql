ALTER TABLE customer ADD COLUMN proposed_risk_class TEXT;
