CREATE TABLE promise (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    number        TEXT     NOT NULL,
    customer      TEXT     NOT NULL,
    payer         TEXT     NOT NULL,
    kind          TEXT     NOT NULL,
    currency      TEXT     NOT NULL,
    invoices      TEXT     NOT NULL,
    made          DATE     NOT NULL,
    date          DATE     NOT NULL,
    status        TEXT     NOT NULL,
    ended         DATE,
    contact       TEXT,
    note          TEXT,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, number, from_sequence)
);
CREATE INDEX promise_live ON promise (lane, root) WHERE to_sequence IS NULL AND live;

CREATE TABLE credit_note_promise (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    number        TEXT     NOT NULL,
    customer      TEXT     NOT NULL,
    payer         TEXT     NOT NULL,
    invoice       TEXT     NOT NULL,
    amount        BIGINT   NOT NULL,
    kept          BIGINT   NOT NULL,
    currency      TEXT     NOT NULL,
    reason        TEXT     NOT NULL,
    owner         TEXT     NOT NULL,
    person        TEXT,
    made          DATE     NOT NULL,
    due_by        DATE     NOT NULL,
    status        TEXT     NOT NULL,
    ended         DATE,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, number, from_sequence)
);
CREATE INDEX credit_note_promise_live ON credit_note_promise (lane, root) WHERE to_sequence IS NULL AND live;
CREATE INDEX credit_note_promise_by_day ON credit_note_promise (due_by, number) WHERE to_sequence IS NULL;
