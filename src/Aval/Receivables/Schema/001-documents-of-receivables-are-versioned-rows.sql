CREATE TABLE invoice (
    lane            SMALLINT NOT NULL,
    root            TEXT     NOT NULL,
    number          TEXT     NOT NULL,
    customer        TEXT     NOT NULL,
    payer           TEXT     NOT NULL,
    "order"         TEXT,
    date            DATE     NOT NULL,
    due_date        DATE     NOT NULL,
    currency        TEXT     NOT NULL,
    amount          BIGINT   NOT NULL,
    credit_currency TEXT,
    rate            TEXT,
    rate_date       DATE,
    lines           TEXT,
    draft           BOOLEAN  NOT NULL,
    settled         BIGINT   NOT NULL,
    at_risk         BIGINT   NOT NULL,
    last_settled    DATE,
    marks           TEXT,
    from_sequence   BIGINT   NOT NULL,
    to_sequence     BIGINT,
    live            BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, number, from_sequence)
);
CREATE INDEX invoice_live ON invoice (lane, root) WHERE to_sequence IS NULL AND live;
-- Aging reads what is open now, and what was settled after the day it is asked for.
CREATE INDEX invoice_open_by_payer ON invoice (payer, number) WHERE to_sequence IS NULL AND live;
CREATE INDEX invoice_settled_by_payer ON invoice (payer, last_settled) WHERE to_sequence IS NULL AND NOT live;

CREATE TABLE credit_note (
    lane            SMALLINT NOT NULL,
    root            TEXT     NOT NULL,
    number          TEXT     NOT NULL,
    customer        TEXT     NOT NULL,
    payer           TEXT     NOT NULL,
    invoice         TEXT,
    date            DATE     NOT NULL,
    currency        TEXT     NOT NULL,
    amount          BIGINT   NOT NULL,
    credit_currency TEXT,
    rate            TEXT,
    rate_date       DATE,
    applied         BIGINT   NOT NULL,
    from_sequence   BIGINT   NOT NULL,
    to_sequence     BIGINT,
    live            BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, number, from_sequence)
);
CREATE INDEX credit_note_live ON credit_note (lane, root) WHERE to_sequence IS NULL AND live;

CREATE TABLE receipt (
    lane            SMALLINT NOT NULL,
    root            TEXT     NOT NULL,
    number          TEXT     NOT NULL,
    payer           TEXT     NOT NULL,
    date            DATE     NOT NULL,
    currency        TEXT     NOT NULL,
    amount          BIGINT   NOT NULL,
    reference       TEXT,
    status          TEXT     NOT NULL,
    deposit_for     TEXT,
    credit_currency TEXT,
    rate            TEXT,
    rate_date       DATE,
    allocated       BIGINT   NOT NULL,
    on_account      BOOLEAN  NOT NULL,
    cleared_on      DATE,
    returned_on     DATE,
    settlements     BIGINT   NOT NULL,
    from_sequence   BIGINT   NOT NULL,
    to_sequence     BIGINT,
    live            BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, number, from_sequence)
);
CREATE INDEX receipt_live ON receipt (lane, root) WHERE to_sequence IS NULL AND live;

-- Parts of invoices taken by receipts, credit notes and write-offs: history, but for those at risk.
CREATE TABLE settlement (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    id            TEXT     NOT NULL,
    payer         TEXT     NOT NULL,
    source        TEXT     NOT NULL,
    source_number TEXT     NOT NULL,
    invoice       TEXT     NOT NULL,
    date          DATE     NOT NULL,
    currency      TEXT     NOT NULL,
    amount        BIGINT   NOT NULL,
    source_amount BIGINT   NOT NULL,
    cleared       DATE,
    counts_from   DATE,
    taken_back    BOOLEAN  NOT NULL,
    reason        TEXT,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, id, from_sequence)
);
CREATE INDEX settlement_live ON settlement (lane, root) WHERE to_sequence IS NULL AND live;
CREATE INDEX settlement_by_source ON settlement (source_number) WHERE to_sequence IS NULL;
CREATE INDEX settlement_by_payer ON settlement (payer, counts_from) WHERE to_sequence IS NULL AND counts_from IS NOT NULL;
