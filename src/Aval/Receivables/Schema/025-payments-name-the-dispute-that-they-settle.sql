-- The dispute whose part of the invoice was paid.
ALTER TABLE settlement ADD COLUMN dispute TEXT;
