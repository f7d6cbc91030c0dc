CREATE TABLE exception_history (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    payer         TEXT     NOT NULL,
    releases      TEXT     NOT NULL,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, payer, from_sequence)
);
