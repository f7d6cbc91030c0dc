-- A check as it was made. Immutable; the one with the highest from_sequence answers for its order.
CREATE TABLE order_check (
    lane           SMALLINT NOT NULL,
    root           TEXT     NOT NULL,
    id             TEXT     NOT NULL,
    "order"        TEXT     NOT NULL,
    customer       TEXT     NOT NULL,
    payer          TEXT     NOT NULL,
    occasion       TEXT     NOT NULL,
    date           DATE     NOT NULL,
    policy_version BIGINT   NOT NULL,
    status         TEXT     NOT NULL,
    triage         TEXT     NOT NULL,
    skipped        TEXT,
    cause          TEXT,
    block          TEXT,
    findings       TEXT     NOT NULL,
    exposure       TEXT     NOT NULL,
    from_sequence  BIGINT   NOT NULL,
    to_sequence    BIGINT,
    live           BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, id, from_sequence)
);
CREATE INDEX order_check_by_order ON order_check (lane, root, "order", from_sequence);

-- A held order as a case.
CREATE TABLE block (
    lane          SMALLINT    NOT NULL,
    root          TEXT        NOT NULL,
    id            TEXT        NOT NULL,
    "order"       TEXT        NOT NULL,
    customer      TEXT        NOT NULL,
    payer         TEXT        NOT NULL,
    status        TEXT        NOT NULL,
    opened_at     TIMESTAMPTZ NOT NULL,
    opened_on     DATE        NOT NULL,
    closed_at     TIMESTAMPTZ,
    closed_by     TEXT,
    triage        TEXT        NOT NULL,
    cause         TEXT,
    amount        BIGINT      NOT NULL,
    currency      TEXT        NOT NULL,
    findings      TEXT        NOT NULL,
    from_sequence BIGINT      NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN     NOT NULL,
    PRIMARY KEY (lane, root, id, from_sequence)
);
CREATE INDEX block_live ON block (lane, root) WHERE to_sequence IS NULL AND live;
CREATE INDEX block_open ON block (opened_on, id) WHERE to_sequence IS NULL AND live;
