-- By which day credit asks for a dispute to be settled, since an order waits for it.
ALTER TABLE dispute ADD COLUMN asked_by DATE;
