-- As what a dispute stood when a payment settled it, so that taking the payment back restores it.
ALTER TABLE dispute ADD COLUMN settled_from TEXT;
