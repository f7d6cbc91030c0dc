-- One unit of base = value units of currency, as decimal text, exactly as it was given.
CREATE TABLE rate (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    key           TEXT     NOT NULL,
    date          DATE     NOT NULL,
    base          TEXT     NOT NULL,
    currency      TEXT     NOT NULL,
    value         TEXT     NOT NULL,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, key, from_sequence)
);
