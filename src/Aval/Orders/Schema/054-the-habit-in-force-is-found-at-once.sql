-- Of a payer of many orders there are many habits that were; whoever loads its facts reads the one that is.
CREATE INDEX order_habit_live ON order_habit (lane, root) WHERE to_sequence IS NULL AND live;
