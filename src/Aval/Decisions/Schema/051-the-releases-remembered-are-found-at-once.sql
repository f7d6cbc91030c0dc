-- Whoever loads a payer's facts reads the releases that it has by now, and not those that it had before each of them.
CREATE INDEX exception_history_live ON exception_history (lane, root) WHERE to_sequence IS NULL AND live;
