-- The role that decided and the case as it stood: by these decisions are counted, and found again when a like case comes.
ALTER TABLE decision ADD COLUMN role TEXT;
ALTER TABLE decision ADD COLUMN cause TEXT;
ALTER TABLE decision ADD COLUMN seen TEXT;
CREATE INDEX decision_by_day ON decision (decided_on, id) WHERE to_sequence IS NULL;
CREATE INDEX decision_of_order ON decision ("order") WHERE to_sequence IS NULL;
