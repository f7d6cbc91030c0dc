DROP INDEX block_open;
CREATE INDEX block_open ON block (opened_on, opened_at, id) WHERE to_sequence IS NULL AND live;
CREATE INDEX block_by_customer ON block (customer) WHERE to_sequence IS NULL;
CREATE INDEX block_by_payer ON block (payer) WHERE to_sequence IS NULL;
CREATE INDEX block_by_order ON block (lane, root, "order") WHERE to_sequence IS NULL;
