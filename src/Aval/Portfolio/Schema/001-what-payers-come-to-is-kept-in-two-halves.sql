-- The figures of all payers as they were counted last. Of the two tables one is told while the other is filled.
CREATE TABLE portfolio_count (
    id    SMALLINT PRIMARY KEY,
    half  SMALLINT NOT NULL,
    as_of TEXT,
    since TEXT
);

CREATE TABLE portfolio_even (
    payer         TEXT   NOT NULL,
    currency      TEXT,
    exposure      BIGINT NOT NULL,
    in_company    BIGINT,
    not_due       BIGINT NOT NULL,
    d1to30        BIGINT NOT NULL,
    d31to60       BIGINT NOT NULL,
    d61to90       BIGINT NOT NULL,
    over90        BIGINT NOT NULL,
    sales         BIGINT NOT NULL,
    invoices      BIGINT NOT NULL,
    unconverted   BIGINT NOT NULL,
    days_late     BIGINT
);
CREATE TABLE portfolio_odd (
    payer         TEXT   NOT NULL,
    currency      TEXT,
    exposure      BIGINT NOT NULL,
    in_company    BIGINT,
    not_due       BIGINT NOT NULL,
    d1to30        BIGINT NOT NULL,
    d31to60       BIGINT NOT NULL,
    d61to90       BIGINT NOT NULL,
    over90        BIGINT NOT NULL,
    sales         BIGINT NOT NULL,
    invoices      BIGINT NOT NULL,
    unconverted   BIGINT NOT NULL,
    days_late     BIGINT
);
