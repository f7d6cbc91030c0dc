-- What has happened with a payer is told from the last day back, its promises among the rest.
CREATE INDEX promise_by_payer_and_day ON promise (payer, made, number) WHERE to_sequence IS NULL;
