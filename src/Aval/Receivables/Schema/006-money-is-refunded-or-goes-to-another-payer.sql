-- What refunds and transfers have taken of a receipt, and the receipt that transferred money came with.
ALTER TABLE receipt ADD COLUMN withdrawn BIGINT;
ALTER TABLE receipt ADD COLUMN transferred_from TEXT;
CREATE INDEX receipt_on_account ON receipt (payer, number) WHERE on_account;

-- Refunds, transfers, and what takes them back.
CREATE TABLE withdrawal (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    id            TEXT     NOT NULL,
    number        TEXT     NOT NULL,
    kind          TEXT     NOT NULL,
    receipt       TEXT     NOT NULL,
    payer         TEXT     NOT NULL,
    "to"          TEXT,
    date          DATE     NOT NULL,
    currency      TEXT     NOT NULL,
    amount        BIGINT   NOT NULL,
    reason        TEXT     NOT NULL,
    reverses      TEXT,
    reversed_by   TEXT,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, id, from_sequence)
);
CREATE INDEX withdrawal_by_id ON withdrawal (id) WHERE to_sequence IS NULL;
CREATE INDEX withdrawal_by_receipt ON withdrawal (receipt, date) WHERE to_sequence IS NULL;
