CREATE TABLE receipt_match (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    receipt       TEXT     NOT NULL,
    payer         TEXT     NOT NULL,
    currency      TEXT     NOT NULL,
    status        TEXT     NOT NULL,
    posted        TEXT,
    candidates    TEXT     NOT NULL,
    gave_up       BOOLEAN  NOT NULL,
    settlements   TEXT     NOT NULL,
    by            TEXT,
    "on"          DATE     NOT NULL,
    reason        TEXT,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, receipt, from_sequence)
);
CREATE INDEX receipt_match_live ON receipt_match (lane, root) WHERE to_sequence IS NULL AND live;
CREATE INDEX receipt_match_by_status ON receipt_match (status, receipt) WHERE to_sequence IS NULL;
