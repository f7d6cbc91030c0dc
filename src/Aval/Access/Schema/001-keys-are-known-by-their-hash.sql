-- The key itself is nowhere: what is presented is hashed and looked for.
CREATE TABLE api_key (
    lane          SMALLINT    NOT NULL,
    root          TEXT        NOT NULL,
    id            TEXT        NOT NULL,
    from_sequence BIGINT      NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN     NOT NULL,
    name          TEXT        NOT NULL,
    hash          TEXT        NOT NULL,
    roles         TEXT        NOT NULL,
    expires       DATE,
    created_at    TIMESTAMPTZ NOT NULL,
    created_by    TEXT        NOT NULL,
    revoked_at    TIMESTAMPTZ,
    revoked_by    TEXT,
    PRIMARY KEY (lane, root, id, from_sequence)
);
