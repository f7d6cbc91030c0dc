-- Nothing here is journaled: the journal is read by many and kept for ever. Instants are milliseconds since 1970, UTC.
CREATE TABLE password (
    name       TEXT   NOT NULL PRIMARY KEY,
    hash       TEXT   NOT NULL,
    changed_at BIGINT NOT NULL,
    one_time   BIGINT NOT NULL
);

-- By the hash of the name that was typed, whether there is such a user or not: a lock tells nobody who exists.
CREATE TABLE sign_in_attempt (
    name_hash TEXT   NOT NULL PRIMARY KEY,
    attempts  BIGINT NOT NULL,
    until     BIGINT NOT NULL
);

-- The token itself is nowhere. A session holds as long as the password that opened it: secret_at is that password's changed_at.
CREATE TABLE session (
    hash      TEXT   NOT NULL PRIMARY KEY,
    kind      TEXT   NOT NULL,
    holder    TEXT   NOT NULL,
    opened_at BIGINT NOT NULL,
    used_at   BIGINT NOT NULL,
    secret_at BIGINT NOT NULL,
    agent     TEXT   NOT NULL
);
CREATE INDEX session_of_holder ON session (holder);

CREATE TABLE key_use (
    id      TEXT   NOT NULL PRIMARY KEY,
    used_at BIGINT NOT NULL
);

-- Ids begin with the instant, so they are in the order of time.
CREATE TABLE access_log (
    id      TEXT NOT NULL PRIMARY KEY,
    who     TEXT NOT NULL,
    event   TEXT NOT NULL,
    detail  TEXT NOT NULL,
    address TEXT NOT NULL
);
CREATE INDEX access_log_of_somebody ON access_log (who, id);
