-- What is to be done, one row a subject and held order: the list shows those of one subject as one line.
CREATE TABLE work_item (
    lane          SMALLINT    NOT NULL,
    root          TEXT        NOT NULL,
    id            TEXT        NOT NULL,
    kind          TEXT        NOT NULL,
    code          TEXT        NOT NULL,
    subject       TEXT        NOT NULL,
    owner         TEXT        NOT NULL,
    customer      TEXT        NOT NULL,
    block         TEXT,
    "order"       TEXT,
    amount        BIGINT      NOT NULL,
    currency      TEXT        NOT NULL,
    opened_at     TIMESTAMPTZ NOT NULL,
    opened_on     DATE        NOT NULL,
    status        TEXT        NOT NULL,
    hours         BIGINT      NOT NULL,
    due_at        TIMESTAMPTZ,
    due_on        DATE,
    escalated_to  TEXT,
    person        TEXT,
    snoozed_until DATE,
    note          TEXT,
    asked_by      TEXT,
    question      TEXT,
    answer        TEXT,
    ended_at      TIMESTAMPTZ,
    ended_by      TEXT,
    changed       BIGINT      NOT NULL,
    from_sequence BIGINT      NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN     NOT NULL,
    PRIMARY KEY (lane, root, id, from_sequence)
);
CREATE INDEX work_item_live ON work_item (lane, root) WHERE to_sequence IS NULL AND live;
CREATE INDEX work_item_listed ON work_item (owner, due_on, id) WHERE to_sequence IS NULL AND live;
CREATE INDEX work_item_of_block ON work_item (block) WHERE to_sequence IS NULL;
CREATE INDEX work_item_changed ON work_item (changed, id) WHERE to_sequence IS NULL;
