-- Null is approved, as all were that were recorded before.
ALTER TABLE guarantee ADD COLUMN status TEXT;
ALTER TABLE insurance_cover ADD COLUMN status TEXT;
