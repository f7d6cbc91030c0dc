-- The indicators of a period read the checks and blocks of its days, and what held the same orders before.
CREATE INDEX order_check_by_date ON order_check (date, id) WHERE to_sequence IS NULL;
CREATE INDEX block_by_date ON block (opened_on, id) WHERE to_sequence IS NULL;
