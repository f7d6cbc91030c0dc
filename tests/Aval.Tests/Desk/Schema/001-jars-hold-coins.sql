CREATE TABLE jar (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    number        TEXT     NOT NULL,
    above         TEXT,
    capacity      BIGINT   NOT NULL,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, number, from_sequence)
);

CREATE TABLE coin (
    lane          SMALLINT    NOT NULL,
    root          TEXT        NOT NULL,
    number        TEXT        NOT NULL,
    jar           TEXT        NOT NULL,
    amount        BIGINT      NOT NULL,
    status        TEXT        NOT NULL,
    entered       DATE        NOT NULL,
    expires       DATE,
    rule          BIGINT      NOT NULL,
    opened        BIGINT      NOT NULL,
    put_at        TIMESTAMPTZ NOT NULL,
    shiny         BOOLEAN     NOT NULL,
    marks         TEXT,
    giver         TEXT,
    from_sequence BIGINT      NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN     NOT NULL,
    PRIMARY KEY (lane, root, number, from_sequence)
);
CREATE INDEX coin_live ON coin (lane, root) WHERE to_sequence IS NULL AND live;

CREATE TABLE jar_rule (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    name          TEXT     NOT NULL,
    value         BIGINT   NOT NULL,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, name, from_sequence)
);
