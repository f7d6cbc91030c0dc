ALTER TABLE customer ADD COLUMN inactive_since DATE;
ALTER TABLE customer ADD COLUMN dunning TEXT;
