-- What somebody has entered to prove or to disprove a dispute; entries are never changed.
CREATE TABLE dispute_evidence (
    lane          SMALLINT    NOT NULL,
    root          TEXT        NOT NULL,
    id            TEXT        NOT NULL,
    dispute       TEXT        NOT NULL,
    payer         TEXT        NOT NULL,
    at            TIMESTAMPTZ NOT NULL,
    date          DATE        NOT NULL,
    by            TEXT        NOT NULL,
    text          TEXT        NOT NULL,
    reference     TEXT,
    digest        TEXT,
    from_sequence BIGINT      NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN     NOT NULL,
    PRIMARY KEY (lane, root, id, from_sequence)
);
CREATE INDEX dispute_evidence_of_dispute ON dispute_evidence (dispute, at) WHERE to_sequence IS NULL;
