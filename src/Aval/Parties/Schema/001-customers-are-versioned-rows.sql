CREATE TABLE customer (
    lane            SMALLINT NOT NULL,
    root            TEXT     NOT NULL,
    number          TEXT     NOT NULL,
    name            TEXT     NOT NULL,
    country         TEXT     NOT NULL,
    currency        TEXT     NOT NULL,
    payment_terms   TEXT     NOT NULL,
    payer           TEXT,
    "group"         TEXT,
    vat_id          TEXT,
    registration_id TEXT,
    lei             TEXT,
    billing_address TEXT,
    risk_class      TEXT,
    customer_since  DATE,
    large_account   BOOLEAN  NOT NULL,
    segment         TEXT,
    profile         TEXT,
    contacts        TEXT,
    hold            TEXT,
    from_sequence   BIGINT   NOT NULL,
    to_sequence     BIGINT,
    live            BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, number, from_sequence)
);
CREATE INDEX customer_live ON customer (lane, root) WHERE to_sequence IS NULL AND live;
CREATE INDEX customer_by_number ON customer (number) WHERE to_sequence IS NULL;
