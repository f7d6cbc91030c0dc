-- Not journaled: a language, the columns of a list. The holder is written as the journal writes who acted.
CREATE TABLE preference (
    holder TEXT NOT NULL,
    name   TEXT NOT NULL,
    value  TEXT NOT NULL,
    PRIMARY KEY (holder, name)
);
