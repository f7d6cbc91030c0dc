-- What an indicator should reach, and who answers for it.
CREATE TABLE indicator_target (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    indicator     TEXT     NOT NULL,
    value         TEXT,
    owner         TEXT,
    reason        TEXT     NOT NULL,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, indicator, from_sequence)
);
