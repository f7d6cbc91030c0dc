-- A root is the unit of locking: the topmost node of a payer's group. Its row is fixed; what it knows is valid under its sequence number.
CREATE TABLE root (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    sequence      BIGINT   NOT NULL,
    head_hash     BYTEA    NOT NULL,
    business_date DATE     NOT NULL,
    next_due      DATE,
    waiting       TEXT,
    PRIMARY KEY (lane, root)
);
CREATE INDEX root_by_next_due ON root (next_due);

-- Append-only. The body's bytes are the truth; the hash is taken over the previous hash and these bytes.
CREATE TABLE journal (
    lane          SMALLINT    NOT NULL,
    root          TEXT        NOT NULL,
    sequence      BIGINT      NOT NULL,
    recorded_at   TIMESTAMPTZ NOT NULL,
    business_date DATE        NOT NULL,
    actor         TEXT        NOT NULL,
    command       TEXT        NOT NULL,
    body          BYTEA       NOT NULL,
    previous_hash BYTEA       NOT NULL,
    hash          BYTEA       NOT NULL,
    texts         INTEGER     NOT NULL,
    PRIMARY KEY (lane, root, sequence)
);

-- Names of people, contacts and free text stand beside the body, which has a salted hash of each; both are null once it was erased.
CREATE TABLE entry_text (
    lane     SMALLINT NOT NULL,
    root     TEXT     NOT NULL,
    sequence BIGINT   NOT NULL,
    ordinal  INTEGER  NOT NULL,
    salt     BYTEA,
    text     TEXT,
    PRIMARY KEY (lane, root, sequence, ordinal)
);

-- A number or idempotency key that may be used once; its row leads to the entry that answers when it is used again.
CREATE TABLE claim (
    lane         SMALLINT NOT NULL,
    scope        TEXT     NOT NULL,
    number       TEXT     NOT NULL,
    content_hash BYTEA    NOT NULL,
    party        TEXT     NOT NULL,
    root         TEXT     NOT NULL,
    sequence     BIGINT   NOT NULL,
    PRIMARY KEY (lane, scope, number)
);

-- Which root a party belongs to, and the party it hangs under (its payer or group), which may not exist yet.
CREATE TABLE member (
    lane  SMALLINT NOT NULL,
    party TEXT     NOT NULL,
    root  TEXT     NOT NULL,
    above TEXT,
    PRIMARY KEY (lane, party)
);
CREATE INDEX member_by_above ON member (above) WHERE above IS NOT NULL;
CREATE INDEX member_by_root ON member (root);

-- A row a batch, so that after a connection that broke in the commit the outcome is looked up and never assumed.
CREATE TABLE batch (
    batch        TEXT        NOT NULL PRIMARY KEY,
    committed_at TIMESTAMPTZ NOT NULL
);
