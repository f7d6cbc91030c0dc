-- By its transaction a batch is told from those that a snapshot does not see yet, whatever the clocks of the nodes say. Whoever does not know the column fills it too.
ALTER TABLE batch ADD COLUMN committed_by xid8 DEFAULT pg_current_xact_id();
CREATE INDEX batch_by_commit ON batch (committed_by);
