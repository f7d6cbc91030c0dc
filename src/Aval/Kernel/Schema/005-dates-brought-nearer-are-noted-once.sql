-- Which entry of the company has brought dates of roots nearer than their rows say, and the last root that was looked at since; no row once all were.
CREATE TABLE dates_nearer (
    lane     SMALLINT NOT NULL,
    root     TEXT     NOT NULL,
    sequence BIGINT   NOT NULL,
    after    TEXT,
    PRIMARY KEY (lane, root)
);
