CREATE TABLE bank_account (
    lane           SMALLINT NOT NULL,
    root           TEXT     NOT NULL,
    number         TEXT     NOT NULL,
    identification TEXT     NOT NULL,
    currency       TEXT     NOT NULL,
    name           TEXT,
    also_known_as  TEXT,
    from_sequence  BIGINT   NOT NULL,
    to_sequence    BIGINT,
    live           BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, number, from_sequence)
);

CREATE TABLE bank_statement (
    lane          SMALLINT    NOT NULL,
    root          TEXT        NOT NULL,
    number        TEXT        NOT NULL,
    account       TEXT        NOT NULL,
    format        TEXT        NOT NULL,
    bank_id       TEXT,
    bank_number   TEXT,
    page          BIGINT,
    is_last_page  BOOLEAN     NOT NULL,
    currency      TEXT        NOT NULL,
    from_day      DATE,
    to_day        DATE,
    opening       BIGINT,
    closing       BIGINT,
    balances      TEXT        NOT NULL,
    differences   TEXT,
    entries       BIGINT      NOT NULL,
    lines         BIGINT      NOT NULL,
    duplicates    BIGINT      NOT NULL,
    pending       BIGINT      NOT NULL,
    file          TEXT        NOT NULL,
    file_hash     TEXT        NOT NULL,
    imported_at   TIMESTAMPTZ NOT NULL,
    from_sequence BIGINT      NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN     NOT NULL,
    PRIMARY KEY (lane, root, number, from_sequence)
);

-- One payment a line. What is open is in the facts; the rest is read by day, to tell what a later file repeats.
CREATE TABLE bank_line (
    lane                 SMALLINT NOT NULL,
    root                 TEXT     NOT NULL,
    number               TEXT     NOT NULL,
    account              TEXT     NOT NULL,
    statement            TEXT     NOT NULL,
    entry                TEXT     NOT NULL,
    format               TEXT     NOT NULL,
    day                  DATE     NOT NULL,
    booked               DATE,
    value_day            DATE,
    amount               BIGINT   NOT NULL,
    currency             TEXT     NOT NULL,
    reversal             BOOLEAN  NOT NULL,
    entry_reference      TEXT,
    bank_reference       TEXT,
    end_to_end           TEXT,
    creditor_reference   TEXT,
    mandate              TEXT,
    customer_reference   TEXT,
    counterparty         TEXT,
    counterparty_account TEXT,
    counterparty_bank    TEXT,
    remittance           TEXT,
    code                 TEXT,
    payments             BIGINT   NOT NULL,
    state                TEXT     NOT NULL,
    receipt              TEXT,
    reason               TEXT,
    from_sequence        BIGINT   NOT NULL,
    to_sequence          BIGINT,
    live                 BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, number, from_sequence)
);
CREATE INDEX bank_line_live ON bank_line (lane, root) WHERE to_sequence IS NULL AND live;
CREATE INDEX bank_line_by_day ON bank_line (lane, root, day) WHERE to_sequence IS NULL;
CREATE INDEX bank_line_by_statement ON bank_line (lane, root, statement) WHERE to_sequence IS NULL;

-- How to read the CSV files of one bank; on the company's root.
CREATE TABLE csv_mapping (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    name          TEXT     NOT NULL,
    body          TEXT     NOT NULL,
    removed       BOOLEAN  NOT NULL,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, name, from_sequence)
);
