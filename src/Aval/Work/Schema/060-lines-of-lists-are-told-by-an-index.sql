-- The lines of the lists, what they hold up and how many there are: told by this alone, without the rows behind it. It holds what is open and nothing else.
CREATE INDEX work_item_lines ON work_item (
    lane, root, kind, code, subject, owner, id, due_on, escalated_to, person, snoozed_until, customer, amount, currency, block, opened_on, live, to_sequence)
    WHERE to_sequence IS NULL AND live;
