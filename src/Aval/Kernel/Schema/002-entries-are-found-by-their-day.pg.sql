-- Days never fall along the journal: ranges of its blocks are enough, and cost the write path next to nothing.
CREATE INDEX journal_by_day ON journal USING brin (business_date);
