CREATE INDEX bank_line_waiting ON bank_line (day, number) WHERE to_sequence IS NULL AND live;
