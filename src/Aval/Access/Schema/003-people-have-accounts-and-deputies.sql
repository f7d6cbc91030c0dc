-- Who a person is and what roles they have. What proves it is them, a password, stands outside the journal.
CREATE TABLE user_account (
    lane          SMALLINT    NOT NULL,
    root          TEXT        NOT NULL,
    name          TEXT        NOT NULL,
    from_sequence BIGINT      NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN     NOT NULL,
    roles         TEXT        NOT NULL,
    full_name     TEXT,
    email         TEXT,
    created_at    TIMESTAMPTZ NOT NULL,
    created_by    TEXT        NOT NULL,
    disabled_at   TIMESTAMPTZ,
    disabled_by   TEXT,
    PRIMARY KEY (lane, root, name, from_sequence)
);

-- Who decides with whose authority, on which days.
CREATE TABLE deputy (
    lane          SMALLINT    NOT NULL,
    root          TEXT        NOT NULL,
    id            TEXT        NOT NULL,
    from_sequence BIGINT      NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN     NOT NULL,
    person        TEXT        NOT NULL,
    deputy        TEXT        NOT NULL,
    valid_from    DATE        NOT NULL,
    valid_to      DATE        NOT NULL,
    named_at      TIMESTAMPTZ NOT NULL,
    named_by      TEXT        NOT NULL,
    ended_at      TIMESTAMPTZ,
    ended_by      TEXT,
    PRIMARY KEY (lane, root, id, from_sequence)
);

-- Duties that one person has together although they should lie apart, because leadership said so.
CREATE TABLE accepted_conflict (
    lane          SMALLINT    NOT NULL,
    root          TEXT        NOT NULL,
    id            TEXT        NOT NULL,
    from_sequence BIGINT      NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN     NOT NULL,
    holder        TEXT        NOT NULL,
    first_role    TEXT        NOT NULL,
    second_role   TEXT        NOT NULL,
    reason        TEXT        NOT NULL,
    accepted_at   TIMESTAMPTZ NOT NULL,
    accepted_by   TEXT        NOT NULL,
    PRIMARY KEY (lane, root, id, from_sequence)
);

-- A key may be narrowed to some of its roles' rights, to reading, and may end at an instant: when the key that replaces it has settled.
ALTER TABLE api_key ADD COLUMN rights TEXT;
ALTER TABLE api_key ADD COLUMN read_only BOOLEAN;
ALTER TABLE api_key ADD COLUMN retires_at TIMESTAMPTZ;
