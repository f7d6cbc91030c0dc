-- What a receipt has settled, in the payer's credit currency, as it counts in how the payer pays.
ALTER TABLE settlement ADD COLUMN credit_amount BIGINT;

-- How a payer pays: for each of the twelve months up to the latest, amount, amount times days beyond terms, amount times their squares.
CREATE TABLE payment_behaviour (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    payer         TEXT     NOT NULL,
    latest        DATE     NOT NULL,
    months        TEXT     NOT NULL,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, payer, from_sequence)
);
CREATE INDEX payment_behaviour_live ON payment_behaviour (lane, root) WHERE to_sequence IS NULL AND live;
