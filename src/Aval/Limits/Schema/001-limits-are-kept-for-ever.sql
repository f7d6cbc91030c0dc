CREATE TABLE credit_limit (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    id            TEXT     NOT NULL,
    customer      TEXT     NOT NULL,
    level         TEXT     NOT NULL,
    kind          TEXT     NOT NULL,
    "limit"       TEXT     NOT NULL,
    currency      TEXT     NOT NULL,
    amount        BIGINT,
    valid_from    DATE     NOT NULL,
    valid_to      DATE,
    mode          TEXT,
    reason        TEXT     NOT NULL,
    status        TEXT     NOT NULL,
    entered       BIGINT   NOT NULL,
    begun_on      DATE,
    ended_on      DATE,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, id, from_sequence)
);
CREATE INDEX credit_limit_live ON credit_limit (lane, root) WHERE to_sequence IS NULL AND live;
