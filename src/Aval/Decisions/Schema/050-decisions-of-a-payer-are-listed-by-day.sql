-- What has happened with a payer is told from the last day back, what was decided among the rest.
CREATE INDEX decision_by_payer_and_day ON decision (payer, decided_on, id) WHERE to_sequence IS NULL;
