CREATE TABLE company_profile (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    number        TEXT     NOT NULL,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    name          TEXT     NOT NULL,
    currency      TEXT     NOT NULL,
    time_zone     TEXT     NOT NULL,
    PRIMARY KEY (lane, root, number, from_sequence)
);
