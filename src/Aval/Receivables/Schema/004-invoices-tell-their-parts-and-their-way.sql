-- What of an invoice is disputed or promised, and how far it has come at the customer's.
ALTER TABLE invoice ADD COLUMN parts TEXT;
ALTER TABLE invoice ADD COLUMN stage TEXT;
ALTER TABLE invoice ADD COLUMN stage_date DATE;
ALTER TABLE invoice ADD COLUMN stage_reason TEXT;
ALTER TABLE invoice ADD COLUMN fault TEXT;

-- Payers whose invoices are followed from their issue.
CREATE TABLE invoice_tracking (
    lane          SMALLINT NOT NULL,
    root          TEXT     NOT NULL,
    payer         TEXT     NOT NULL,
    since         DATE     NOT NULL,
    from_sequence BIGINT   NOT NULL,
    to_sequence   BIGINT,
    live          BOOLEAN  NOT NULL,
    PRIMARY KEY (lane, root, payer, from_sequence)
);
CREATE INDEX invoice_tracking_live ON invoice_tracking (lane, root) WHERE to_sequence IS NULL AND live;
