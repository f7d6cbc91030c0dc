CREATE TABLE line_payer (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    "key"         TEXT     NOT NULL,
    line          TEXT     NOT NULL,
    payer         TEXT     NOT NULL,
    evidence      TEXT     NOT NULL,
    found         BOOLEAN  NOT NULL,
    "on"          DATE     NOT NULL,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, "key", from_sequence)
);
CREATE INDEX line_payer_by_payer ON line_payer (payer, line) WHERE to_sequence IS NULL AND NOT found;
CREATE INDEX line_payer_by_line ON line_payer (line) WHERE to_sequence IS NULL;
