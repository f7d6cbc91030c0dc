-- An order is one document: its lines travel with it as JSON (docs/decisions/0004-documents-carry-their-lines.md).
CREATE TABLE sales_order (
    lane            SMALLINT NOT NULL,
    root            TEXT     NOT NULL,
    number          TEXT     NOT NULL,
    customer        TEXT     NOT NULL,
    payer           TEXT     NOT NULL,
    currency        TEXT     NOT NULL,
    order_date      DATE     NOT NULL,
    ship_date       DATE,
    lines           TEXT     NOT NULL,
    bill_to         TEXT,
    entered_by      TEXT,
    payment_terms   TEXT,
    purchase_order  TEXT,
    buyer_reference TEXT,
    context         TEXT,
    status          TEXT     NOT NULL,
    credit_currency TEXT,
    rate            TEXT,
    rate_date       DATE,
    "authorization" TEXT,
    opened          BIGINT   NOT NULL,
    marks           TEXT,
    from_sequence   BIGINT   NOT NULL,
    to_sequence     BIGINT,
    live            BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, number, from_sequence)
);
CREATE INDEX sales_order_live ON sales_order (lane, root) WHERE to_sequence IS NULL AND live;

-- The values of a customer's latest orders, by which an unusual one is known.
CREATE TABLE order_habit (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    customer      TEXT     NOT NULL,
    "values"      TEXT     NOT NULL,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, customer, from_sequence)
);

-- Goods that left, as they were told: history behind the delivered quantities of the orders' lines.
CREATE TABLE delivery (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    id            TEXT     NOT NULL,
    "order"       TEXT     NOT NULL,
    customer      TEXT     NOT NULL,
    date          DATE     NOT NULL,
    lines         TEXT     NOT NULL,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, id, from_sequence)
);

CREATE TABLE incident (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    id            TEXT     NOT NULL,
    code          TEXT     NOT NULL,
    "order"       TEXT     NOT NULL,
    customer      TEXT     NOT NULL,
    date          DATE     NOT NULL,
    amount        BIGINT   NOT NULL,
    currency      TEXT     NOT NULL,
    "by"          TEXT     NOT NULL,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, id, from_sequence)
);
CREATE INDEX incident_by_date ON incident (date, code) WHERE to_sequence IS NULL;
