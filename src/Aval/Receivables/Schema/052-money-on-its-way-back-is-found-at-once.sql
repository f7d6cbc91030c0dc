-- Whoever loads a payer's facts reads what is under way of refunds and transfers, and not all that ever went.
CREATE INDEX withdrawal_live ON withdrawal (lane, root) WHERE to_sequence IS NULL AND live;
