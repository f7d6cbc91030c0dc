-- A finding of one order that somebody has set aside: it stays listed and no longer holds.
CREATE TABLE waiver (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    id            TEXT     NOT NULL,
    "order"       TEXT     NOT NULL,
    customer      TEXT     NOT NULL,
    code          TEXT     NOT NULL,
    level         TEXT,
    subject       TEXT,
    amount        BIGINT,
    days          BIGINT,
    reason        TEXT     NOT NULL,
    "by"          TEXT     NOT NULL,
    at            DATE     NOT NULL,
    until         DATE,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, id, from_sequence)
);
CREATE INDEX waiver_live ON waiver (lane, root) WHERE to_sequence IS NULL AND live;
