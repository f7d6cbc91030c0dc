-- What payers have promised, by the last good day.
CREATE INDEX promise_by_day ON promise (date, number) WHERE to_sequence IS NULL AND status = 'open';
