CREATE TABLE opening_hours (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    company       TEXT     NOT NULL,
    country       TEXT,
    opens         TEXT     NOT NULL,
    closes        TEXT     NOT NULL,
    workdays      TEXT     NOT NULL,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, company, from_sequence)
);

-- Public holidays that somebody has entered; of other years they are computed.
CREATE TABLE holiday_year (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    key           TEXT     NOT NULL,
    country       TEXT     NOT NULL,
    year          BIGINT   NOT NULL,
    days          TEXT     NOT NULL,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, key, from_sequence)
);
