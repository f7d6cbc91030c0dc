CREATE TABLE portfolio_snapshot (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    company       TEXT     NOT NULL,
    as_of         DATE     NOT NULL,
    currency      TEXT     NOT NULL,
    total         BIGINT   NOT NULL,
    by_country    TEXT     NOT NULL,
    by_segment    TEXT     NOT NULL,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, company, from_sequence)
);
