-- The content is the policy's JSON; version 1 of a new store is the preset, as it then was.
CREATE TABLE policy_version (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    version       TEXT     NOT NULL,
    content       TEXT     NOT NULL,
    author        TEXT     NOT NULL,
    approved_by   TEXT     NOT NULL,
    reason        TEXT     NOT NULL,
    effective     DATE     NOT NULL,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, version, from_sequence)
);

CREATE TABLE policy_draft (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    key           TEXT     NOT NULL,
    based_on      BIGINT,
    content       TEXT     NOT NULL,
    author        TEXT     NOT NULL,
    drafted       DATE     NOT NULL,
    activated_as  BIGINT,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, key, from_sequence)
);
