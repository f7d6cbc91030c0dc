CREATE TABLE field_care (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    id            TEXT     NOT NULL,
    customer      TEXT     NOT NULL,
    field         TEXT     NOT NULL,
    value         TEXT     NOT NULL,
    verified_on   DATE,
    verified_by   TEXT,
    flagged_on    DATE,
    flagged_by    TEXT,
    note          TEXT,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, id, from_sequence)
);
