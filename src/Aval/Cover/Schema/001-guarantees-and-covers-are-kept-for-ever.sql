CREATE TABLE guarantee (
    lane            SMALLINT NOT NULL,
    root            TEXT     NOT NULL,
    number          TEXT     NOT NULL,
    customer        TEXT     NOT NULL,
    payer           TEXT     NOT NULL,
    kind            TEXT     NOT NULL,
    currency        TEXT     NOT NULL,
    amount          BIGINT   NOT NULL,
    credit_currency TEXT     NOT NULL,
    rate            TEXT     NOT NULL,
    rate_date       DATE     NOT NULL,
    valid_from      DATE     NOT NULL,
    valid_to        DATE     NOT NULL,
    issuer          TEXT,
    reference       TEXT,
    note            TEXT,
    drawn           BIGINT   NOT NULL,
    entered         BIGINT   NOT NULL,
    released_on     DATE,
    release_reason  TEXT,
    begun_on        DATE,
    ended_on        DATE,
    from_sequence   BIGINT   NOT NULL,
    to_sequence     BIGINT,
    live            BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, number, from_sequence)
);
CREATE INDEX guarantee_live ON guarantee (lane, root) WHERE to_sequence IS NULL AND live;

CREATE TABLE guarantee_drawing (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    id            TEXT     NOT NULL,
    guarantee     TEXT     NOT NULL,
    payer         TEXT     NOT NULL,
    date          DATE     NOT NULL,
    currency      TEXT     NOT NULL,
    amount        BIGINT   NOT NULL,
    reason        TEXT     NOT NULL,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, id, from_sequence)
);
CREATE INDEX guarantee_drawing_live ON guarantee_drawing (lane, root) WHERE to_sequence IS NULL AND live;

CREATE TABLE insurance_cover (
    lane                   SMALLINT NOT NULL,
    root                   TEXT     NOT NULL,
    number                 TEXT     NOT NULL,
    customer               TEXT     NOT NULL,
    payer                  TEXT     NOT NULL,
    kind                   TEXT     NOT NULL,
    currency               TEXT     NOT NULL,
    amount                 BIGINT   NOT NULL,
    credit_currency        TEXT     NOT NULL,
    rate                   TEXT     NOT NULL,
    rate_date              DATE     NOT NULL,
    percent                TEXT     NOT NULL,
    maximum_extension_days BIGINT   NOT NULL,
    valid_from             DATE     NOT NULL,
    valid_to               DATE     NOT NULL,
    insurer                TEXT,
    notification_days      BIGINT,
    policy                 TEXT,
    note                   TEXT,
    entered                BIGINT   NOT NULL,
    begun_on               DATE,
    ended_on               DATE,
    from_sequence          BIGINT   NOT NULL,
    to_sequence            BIGINT,
    live                   BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, number, from_sequence)
);
CREATE INDEX insurance_cover_live ON insurance_cover (lane, root) WHERE to_sequence IS NULL AND live;

CREATE TABLE cover_cut (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    id            TEXT     NOT NULL,
    cover         TEXT     NOT NULL,
    payer         TEXT     NOT NULL,
    currency      TEXT     NOT NULL,
    amount        BIGINT   NOT NULL,
    from_day      DATE     NOT NULL,
    reason        TEXT     NOT NULL,
    number        BIGINT   NOT NULL,
    taken_on      DATE,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, id, from_sequence)
);
CREATE INDEX cover_cut_live ON cover_cut (lane, root) WHERE to_sequence IS NULL AND live;

CREATE TABLE cover_notification (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    id            TEXT     NOT NULL,
    cover         TEXT     NOT NULL,
    payer         TEXT     NOT NULL,
    date          DATE     NOT NULL,
    note          TEXT,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, id, from_sequence)
);
CREATE INDEX cover_notification_live ON cover_notification (lane, root) WHERE to_sequence IS NULL AND live;
