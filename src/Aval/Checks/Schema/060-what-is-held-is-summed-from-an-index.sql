-- What is held, by cause and currency; what is to be decided, by its day; the held ones of some orders; how long those that ended were waited for.
-- Each holds the blocks that stand (the last: those that have ended) and nothing else, so a check that holds nothing writes none of them.
CREATE INDEX block_summed ON block (triage, cause, currency, amount, live, to_sequence) WHERE to_sequence IS NULL AND live;
CREATE INDEX block_to_decide ON block (triage, due_on, id) WHERE to_sequence IS NULL AND live;
CREATE INDEX block_held ON block ("order", customer, opened_on, opened_at, id, root, live, to_sequence) WHERE to_sequence IS NULL AND live;
CREATE INDEX block_ended ON block (opened_on, id, opened_at, closed_at, status, to_sequence) WHERE to_sequence IS NULL AND status = 'closed';
