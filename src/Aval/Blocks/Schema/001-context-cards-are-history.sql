-- What Customer Service knew of a held order, one row each time the card was filled.
CREATE TABLE context_card (
    lane          SMALLINT    NOT NULL,
    root          TEXT        NOT NULL,
    id            TEXT        NOT NULL,
    block         TEXT        NOT NULL,
    "order"       TEXT        NOT NULL,
    customer      TEXT        NOT NULL,
    "by"          TEXT        NOT NULL,
    at            TIMESTAMPTZ NOT NULL,
    answers       TEXT        NOT NULL,
    from_sequence BIGINT      NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN     NOT NULL,
    PRIMARY KEY (lane, root, id, from_sequence)
);
CREATE INDEX context_card_of_block ON context_card (lane, root, block) WHERE to_sequence IS NULL;
