CREATE TABLE dispute (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    number        TEXT     NOT NULL,
    invoice       TEXT     NOT NULL,
    payer         TEXT     NOT NULL,
    customer      TEXT     NOT NULL,
    due_date      DATE     NOT NULL,
    amount        BIGINT   NOT NULL,
    original      BIGINT   NOT NULL,
    currency      TEXT     NOT NULL,
    reason        TEXT     NOT NULL,
    legitimacy    TEXT     NOT NULL,
    owner         TEXT     NOT NULL,
    person        TEXT,
    status        TEXT     NOT NULL,
    raised        DATE     NOT NULL,
    qualified_on  DATE,
    ended         DATE,
    note          TEXT,
    evidence      TEXT,
    prevented_by  TEXT,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, number, from_sequence)
);
CREATE INDEX dispute_live ON dispute (lane, root) WHERE to_sequence IS NULL AND live;
CREATE INDEX dispute_by_day ON dispute (raised, number) WHERE to_sequence IS NULL;
CREATE INDEX dispute_by_payer ON dispute (payer, raised, number) WHERE to_sequence IS NULL;

-- How a payer's disputes have ended, so that no check counts them.
CREATE TABLE dispute_record (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    payer         TEXT     NOT NULL,
    ended         BIGINT   NOT NULL,
    rejected      BIGINT   NOT NULL,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, payer, from_sequence)
);
CREATE INDEX dispute_record_live ON dispute_record (lane, root) WHERE to_sequence IS NULL AND live;
