ALTER TABLE customer ADD COLUMN next_review DATE;
