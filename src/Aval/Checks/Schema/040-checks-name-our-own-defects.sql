-- Which kinds of our own defects were behind what held the order, a word each; null for none.
ALTER TABLE order_check ADD COLUMN defects TEXT;
