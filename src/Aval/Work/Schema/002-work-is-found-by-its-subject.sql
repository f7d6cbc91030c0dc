-- What lies open about the subjects of one page of a list.
CREATE INDEX work_item_of_subject ON work_item (subject) WHERE to_sequence IS NULL AND live;
