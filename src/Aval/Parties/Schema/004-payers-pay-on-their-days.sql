ALTER TABLE customer ADD COLUMN payment_run TEXT;
