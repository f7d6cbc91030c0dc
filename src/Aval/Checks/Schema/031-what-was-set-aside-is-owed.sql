-- What was set aside of an order is to be mended all the same: by whom, by when, and since when it is.
ALTER TABLE waiver ADD COLUMN owner TEXT;
ALTER TABLE waiver ADD COLUMN due_on DATE;
ALTER TABLE waiver ADD COLUMN mended_on DATE;
CREATE INDEX waiver_owed ON waiver (due_on, id) WHERE to_sequence IS NULL AND mended_on IS NULL;
CREATE INDEX waiver_of_order ON waiver ("order") WHERE to_sequence IS NULL;
