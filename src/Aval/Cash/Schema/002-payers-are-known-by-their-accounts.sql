CREATE TABLE payer_account (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    "key"         TEXT     NOT NULL,
    account       TEXT     NOT NULL,
    payer         TEXT     NOT NULL,
    since         DATE     NOT NULL,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, "key", from_sequence)
);
CREATE INDEX payer_account_live ON payer_account (lane, root) WHERE to_sequence IS NULL AND live;
CREATE INDEX payer_account_by_account ON payer_account (account) WHERE to_sequence IS NULL;
