-- The journal number of the entry that opened a block tells which of those opened in one instant came first.
ALTER TABLE block ADD COLUMN opened_entry BIGINT NOT NULL DEFAULT 0;
DROP INDEX block_open;
CREATE INDEX block_open ON block (opened_on, opened_at, opened_entry, id) WHERE to_sequence IS NULL AND live;
