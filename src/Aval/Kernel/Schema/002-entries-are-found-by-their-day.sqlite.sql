-- Days never fall along the journal, so this grows at its end.
CREATE INDEX journal_by_day ON journal (business_date);
