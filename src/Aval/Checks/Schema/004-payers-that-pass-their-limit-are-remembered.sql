-- The latest orders of a payer that were held for its limit.
CREATE TABLE overrun_history (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    payer         TEXT     NOT NULL,
    overruns      TEXT     NOT NULL,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, payer, from_sequence)
);
CREATE INDEX overrun_history_live ON overrun_history (lane, root) WHERE to_sequence IS NULL AND live;
